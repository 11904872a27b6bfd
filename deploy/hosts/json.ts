/** Characters a line of a block may have. */
const WIDTH = 100;

/** How deep every object has lines of its own: the file, the list of servers, the server. */
const OPEN_LEVELS = 3;

/** JSON as people write it in a configuration: what is deep and short stands in one line. */
export function json(value: unknown, level = 0, before = 0): string {
  const flat = oneLine(value);
  if (typeof value !== "object" || value === null) return flat;
  if (level >= OPEN_LEVELS && 2 * level + before + flat.length < WIDTH) return flat;
  if (isTextList(value)) return textList(value, "  ".repeat(level));
  const isList = Array.isArray(value);
  const parts = Object.entries(value).map(([key, part]) => {
    const name = isList ? "" : `${JSON.stringify(key)}: `;
    return `${"  ".repeat(level + 1)}${name}${json(part, level + 1, name.length)}`;
  });
  const [open, close] = isList ? "[]" : "{}";
  return `${open}\n${parts.join(",\n")}\n${"  ".repeat(level)}${close}`;
}

/** A list of strings over as many lines as it needs, in JSON and in TOML. */
export function textList(items: readonly string[], indent = ""): string {
  const lines = [""];
  for (const part of partsOf(items)) {
    const line = lines.at(-1)!;
    if (line && indent.length + 3 + line.length + part.length > WIDTH) lines.push(part);
    else lines[lines.length - 1] = line ? `${line} ${part}` : part;
  }
  return `[\n${lines.map((line) => `${indent}  ${line}`).join("\n")}\n${indent}]`;
}

/** What stays in one line: a flag with its value. */
function partsOf(items: readonly string[]): readonly string[] {
  const parts: string[] = [];
  for (const [index, item] of items.entries()) {
    const text = JSON.stringify(item) + (index < items.length - 1 ? "," : "");
    const isValue = !item.startsWith("-") && items[index - 1]?.startsWith("-");
    if (isValue) parts.push(`${parts.pop()} ${text}`);
    else parts.push(text);
  }
  return parts;
}

function isTextList(value: object): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).map(
    ([key, part]) => `${JSON.stringify(key)}: ${oneLine(part)}`,
  );
  return `{ ${parts.join(", ")} }`;
}
