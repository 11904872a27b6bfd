import type { Tool } from "@portico/core";

/**
 * A README with the text between `<!-- name -->` and `<!-- /name -->` replaced.
 * @throws {Error} when it has no such part
 */
export function withPart(readme: string, name: string, text: string): string {
  const part = new RegExp(`(<!-- ${name} -->)[^]*?(<!-- /${name} -->)`);
  if (!part.test(readme)) throw new Error(`The README has no part called ${name}.`);
  return readme.replace(part, (_, start, end) => `${start}\n\n${text}\n\n${end}`);
}

/** A table of tools: name, whether it reads or writes, arguments but the `usual` ones, its first sentence. */
export function toolTable(tools: readonly Tool[], usual: readonly string[] = []): string {
  const rows = tools.map((tool) => {
    const [what] = tool.description?.split(/(?<=[.])\s/) ?? [];
    const kind = tool.annotations?.readOnlyHint ? "reads" : "writes";
    return `| \`${tool.name}\` | ${kind} | ${argumentsOf(tool, usual)} | ${what?.replaceAll(/[|*]/g, "\\$&")} |`;
  });
  return ["| tool | | arguments | what it does |", "|---|---|---|---|", ...rows].join("\n");
}

function argumentsOf({ inputSchema }: Tool, usual: readonly string[]): string {
  const names = Object.keys(inputSchema.properties ?? {}).filter((name) => !usual.includes(name));
  const shown = names.map((name) => (inputSchema.required?.includes(name) ? name : `${name}?`));
  return shown.map((name) => `\`${name}\``).join(", ");
}

/** The code blocks of a language in a README, without whole-line comments. */
export function codeBlocks(readme: string, language: string): string[] {
  const found = readme.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, "g"));
  return [...found].map(([, code]) => (code as string).replace(/^\/\/.*$/gm, ""));
}
