import { ToolsFileError } from "./error.ts";
import { type JsonPath, lineOf, writePath } from "./lines.ts";

/** Reads a JSON value piece by piece, and knows where each piece stands. */
export class Reader {
  readonly value: unknown;
  readonly #file: { readonly name: string; readonly text: string };
  readonly #path: JsonPath;

  constructor(
    file: { readonly name: string; readonly text: string },
    value: unknown,
    path: JsonPath = [],
  ) {
    this.#file = file;
    this.value = value;
    this.#path = path;
  }

  /** What is wrong here, and where that is. */
  error(what: string): ToolsFileError {
    const { name, text } = this.#file;
    const where = this.#path.length === 0 ? "" : ` (${writePath(this.#path)})`;
    return new ToolsFileError(`${name}, line ${lineOf(text, this.#path)}${where}: ${what}`);
  }

  /** The members of an object, which may have no others. */
  members<const Names extends readonly string[]>(
    names: Names,
  ): Readonly<Record<Names[number], Reader>> {
    const { value } = this;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw this.error(`an object is needed here, with ${names.join(", ")}.`);
    }
    const unknown = Object.keys(value).find((key) => !names.includes(key));
    if (unknown !== undefined) {
      throw this.#at(unknown, undefined).error(
        `"${unknown}" means nothing here; there are ${names.join(", ")}.`,
      );
    }
    const members = value as Record<string, unknown>;
    const readers = names.map((name) => [name, this.#at(name, members[name])]);
    return Object.fromEntries(readers) as Record<Names[number], Reader>;
  }

  /** The items of a list; none when it is absent. */
  items(): Reader[] {
    const { value = [] } = this;
    if (!Array.isArray(value)) throw this.error("a list is needed here: [ … ].");
    return value.map((item, at) => this.#at(at, item));
  }

  /** A text that is not empty. */
  text(): string {
    if (typeof this.value !== "string" || this.value.trim() === "") {
      throw this.error("a text is needed here.");
    }
    return this.value;
  }

  /** The same where it may be absent. */
  optionalText(): string | undefined {
    return this.value === undefined ? undefined : this.text();
  }

  /** True or false; `otherwise` when absent. */
  flag(otherwise: boolean): boolean {
    const { value = otherwise } = this;
    if (typeof value !== "boolean") throw this.error("true or false is needed here.");
    return value;
  }

  /** A whole number within bounds; `otherwise` when absent. */
  integer(least: number, most: number, otherwise: number): number {
    const { value = otherwise } = this;
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) {
      return value;
    }
    throw this.error(`a whole number from ${least} to ${most} is needed here.`);
  }

  /** One of some words. */
  oneOf<const Words extends readonly string[]>(words: Words): Words[number] {
    const found = words.find((word) => word === this.value);
    if (found !== undefined) return found;
    throw this.error(
      `${JSON.stringify(this.value) ?? "nothing"} is not possible here; use one of ${words.join(", ")}.`,
    );
  }

  #at(step: string | number, value: unknown): Reader {
    return new Reader(this.#file, value, [...this.#path, step]);
  }
}
