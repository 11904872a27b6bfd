import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { camelCase, titleCase } from "./names.ts";
import { renderFolder, type Values } from "./render.ts";

/** A tool to be: the folder of its server, its published name, and what a model reads of it. */
export interface NewTool {
  readonly server: string;
  readonly name: string;
  readonly description: string;
}

/** Says why the tool cannot be made in this checkout, in a sentence. */
export function toolComplaint(root: string, { server, name }: NewTool): string | undefined {
  const folder = join(root, "servers", server);
  if (!existsSync(folder)) return `There is no server "${server}"; make it with pnpm new-server.`;
  if (existsSync(join(folder, "src/tools", `${fileName(name)}.ts`))) {
    return `servers/${server}/src/tools/${fileName(name)}.ts exists already; choose another name.`;
  }
  if (!list(readFileSync(join(folder, "src/server.ts"), "utf8"))) {
    return `The tools of ${server} are put together in a way of their own: copy the neighbour that is most like it in servers/${server}/src/tools.`;
  }
}

/** Writes the tool and its test, and offers it in the server's list. */
export function addTool(root: string, tool: NewTool): void {
  const folder = join(root, "servers", tool.server);
  renderFolder("tool", join(folder, "src/tools"), toolValues(tool));
  const file = join(folder, "src/server.ts");
  writeFileSync(file, withTool(readFileSync(file, "utf8"), tool.name));
}

/** What templates need to know of a tool. */
export function toolValues({ name, description }: Omit<NewTool, "server">): Values {
  return {
    tool: name,
    toolFile: fileName(name),
    toolCamel: camelCase(name),
    toolTitle: titleCase(name),
    toolDescription: description,
  };
}

function fileName(tool: string): string {
  return tool.replaceAll("_", "-");
}

function withTool(source: string, tool: string): string {
  const found = list(source);
  if (!found) throw new Error("The server has no list of tools.");
  const entries = source.slice(found.start, found.end).trimEnd();
  const listed = entries === "" || entries.endsWith(",") ? entries : `${entries},`;
  const imported = `import { ${camelCase(tool)} } from "./tools/${fileName(tool)}.ts";\n`;
  return `${imported}${source.slice(0, found.start)}${listed} ${camelCase(tool)}${source.slice(found.end)}`;
}

/** Where the list of tools begins and ends, in a server whose list names the tools of `src/tools` one by one. */
function list(source: string): { readonly start: number; readonly end: number } | undefined {
  const opening = /\btools: \[/.exec(source);
  if (!opening) return;
  const start = opening.index + opening[0].length;
  let depth = 1;
  let end = start;
  while (depth > 0 && end < source.length) {
    const character = source[end++];
    if (character === "[") depth++;
    if (character === "]") depth--;
  }
  const [first] = /^\s*\w+(?=\s*[,\]])/.exec(source.slice(start)) ?? [];
  const named = new RegExp(
    `import \\{[^}]*\\b${first?.trim()}\\b[^}]*\\} from "\\./tools/[\\w-]+\\.ts"`,
  );
  const isEmpty = source.slice(start, end - 1).trim() === "";
  return isEmpty || named.test(source) ? { start, end: end - 1 } : undefined;
}
