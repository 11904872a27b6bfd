/**
 * The tour behind `pnpm start [DIR]`: the built filesystem server over stdio, driven by our own client.
 *
 * DIR is relative to where the command was typed; the default is the checkout.
 */
import { statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { type CallToolResult, type Client, connect } from "@portico/core";
import { stdioClient } from "@portico/core/node";

const checkout = resolve(import.meta.dirname, "..");
const dir = resolve(process.env.INIT_CWD ?? process.cwd(), process.argv[2] ?? checkout);
const command = process.execPath;
const args = [join(checkout, "servers/filesystem/dist/main.cjs"), dir];

if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) {
  console.error(`"${dir}" is not a directory; name one that is: pnpm start DIR`);
  process.exit(1);
}
const clientInfo = { name: "portico-tour", version: "0.0.0" };
const client = await connect(stdioClient({ command, args }), { clientInfo });
try {
  await tour(client);
} finally {
  await client.close();
}

async function tour(client: Client): Promise<void> {
  const { info, revision } = client.server;
  heading(`${info?.name} ${info?.version} on ${dir}, revision ${revision}`);

  const tools = await client.listTools();
  heading(`It offers ${tools.length} tools`);
  console.log(tools.map(({ name }) => name).join(", "));

  const page = await somePage();
  if (page) {
    heading(`read_text_file: the first lines of ${relative(dir, page)}`);
    const lines = await call("read_text_file", { path: page, head: 6 });
    console.log(lines);
    await searchFor(/\p{Letter}{3,}/u.exec(lines)?.[0] ?? "the");
  } else {
    console.log("There is no text here to read yet; name a folder that has some.");
  }

  heading("Add it to your host");
  console.log(JSON.stringify({ mcpServers: { filesystem: { command, args } } }, null, 2));
}

/** A README where there is one, any other text otherwise. */
async function somePage(): Promise<string | undefined> {
  for (const pattern of ["**/README.md", "**/*.{md,txt,ts,js,py,go,rs,java,json}"]) {
    const found = await call("search_files", { path: dir, pattern, gitignore: true, limit: 1 });
    const [first = ""] = found.split("\n");
    if (first.startsWith(dir)) return first;
  }
  return undefined;
}

async function searchFor(word: string): Promise<void> {
  const words = { pattern: word, literal: true, limit: 5 };
  heading(`search_file_contents: ${word}`);
  console.log(await call("search_file_contents", { path: dir, ...words }));
}

async function call(tool: string, args: object): Promise<string> {
  const result: CallToolResult = await client.callTool(tool, args);
  const text = result.content
    .flatMap((block) => (block.type === "text" ? block.text : []))
    .join("\n");
  if (result.isError) throw new Error(`${tool}: ${text}`);
  return text;
}

function heading(text: string): void {
  console.log(process.stdout.isTTY ? `\n\x1b[1m${text}\x1b[0m` : `\n# ${text}`);
}
