/**
 * The tour behind `pnpm start [DIR]`: the built filesystem server over stdio, and what a host does with it.
 *
 * DIR is relative to where the command was typed; the default is the checkout.
 */
import { isAbsolute, join, relative, resolve } from "node:path";
import { rawClient } from "./raw-client.ts";

interface ToolResult {
  readonly isError?: boolean;
  readonly content: readonly { readonly type: string; readonly text?: string }[];
}

const checkout = resolve(import.meta.dirname, "..");
const main = join(checkout, "servers/filesystem/dist/main.cjs");
const dir = resolve(process.env.INIT_CWD ?? process.cwd(), process.argv[2] ?? checkout);

const client = rawClient(process.execPath, [main, dir]);
try {
  await tour();
} finally {
  await client.close();
}

async function tour(): Promise<void> {
  const { serverInfo, protocolVersion } = await client.initialize();
  heading(`${serverInfo.name} ${serverInfo.version}, revision ${protocolVersion}, on ${dir}`);

  const { tools } = await client.request<{ tools: { name: string; title?: string }[] }>(
    "tools/list",
  );
  heading(`${tools.length} tools`);
  console.log(tools.map(({ name }) => name).join(", "));

  const [file] = (await call("search_files", { path: dir, pattern: "**/*.md" })).split("\n");
  if (file && isAbsolute(file)) {
    heading(`The first lines of ${relative(dir, file)}`);
    console.log(await call("read_text_file", { path: file, head: 8 }));
  }

  heading("Add it to your host");
  console.log(JSON.stringify({ mcpServers: { filesystem: hostEntry() } }, null, 2));
}

function hostEntry(): { command: string; args: string[] } {
  return { command: process.execPath, args: [main, dir] };
}

async function call(name: string, args: object): Promise<string> {
  const result = await client.request<ToolResult>("tools/call", { name, arguments: args });
  const text = result.content.map((block) => block.text ?? `(${block.type})`).join("\n");
  if (result.isError) throw new Error(`${name}: ${text}`);
  return text;
}

function heading(text: string): void {
  console.log(`\n\x1b[1m${text}\x1b[0m`);
}
