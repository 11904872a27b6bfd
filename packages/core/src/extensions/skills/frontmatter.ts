import type { JsonObject } from "../../schema/json-schema.ts";

/** A `SKILL.md` taken apart. */
export interface Manifest {
  readonly frontmatter: JsonObject;
  /** What follows the frontmatter: the instructions. */
  readonly body: string;
}

const FRONTMATTER = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;

/**
 * Reads a `SKILL.md`: YAML between two lines of dashes, then Markdown.
 * @throws {SyntaxError} when it does not begin with YAML that is an object of plain values
 */
export async function readManifest(text: string): Promise<Manifest> {
  const found = FRONTMATTER.exec(text);
  if (!found) throw new SyntaxError("It does not begin with frontmatter between lines of ---.");
  // Only who reads skills pays for a YAML parser.
  const { parse } = await import("yaml");
  let value: unknown;
  try {
    value = parse(found[1] ?? "");
  } catch (error) {
    const [line] = (error as Error).message.split("\n");
    throw new SyntaxError(`Its frontmatter is not YAML: ${line}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new SyntaxError("Its frontmatter is not an object.");
  }
  // As JSON has it: what has no JSON form could not be compared with what a server says of it.
  const frontmatter = JSON.parse(JSON.stringify(value)) as JsonObject;
  return { frontmatter, body: text.slice(found[0].length) };
}
