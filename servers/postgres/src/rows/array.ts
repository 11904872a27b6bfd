import type { Read, Value } from "./value.ts";

/**
 * Reads an array as PostgreSQL writes it: `{1,NULL,"a b"}`, nested, with bounds before it (`[0:1]={…}`) where they
 * are not the usual ones; those are left out.
 * @returns the text itself where it is no array
 */
export function readArray(text: string, read: Read, delimiter = ","): Value {
  const start = text.startsWith("[") ? text.indexOf("=") + 1 : 0;
  const scan = new Scan(text, start, read, delimiter);
  const value = scan.array();
  return value !== undefined && scan.isAtEnd ? value : text;
}

class Scan {
  readonly #text: string;
  readonly #read: Read;
  readonly #delimiter: string;
  #at: number;

  constructor(text: string, at: number, read: Read, delimiter: string) {
    this.#text = text;
    this.#at = at;
    this.#read = read;
    this.#delimiter = delimiter;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  /** The array that begins here; nothing where none does. */
  array(): Value[] | undefined {
    if (!this.#skip("{")) return undefined;
    const items: Value[] = [];
    if (this.#skip("}")) return items;
    for (;;) {
      const item = this.#item();
      if (item === undefined) return undefined;
      items.push(item);
      if (this.#skip("}")) return items;
      if (!this.#skip(this.#delimiter)) return undefined;
    }
  }

  #item(): Value | undefined {
    const character = this.#text[this.#at];
    if (character === "{") return this.array();
    if (character === '"') return this.#quoted();
    const start = this.#at;
    while (this.#at < this.#text.length && !this.#endsItem(this.#text[this.#at]!)) this.#at++;
    const written = this.#text.slice(start, this.#at);
    if (written === "") return undefined;
    return written === "NULL" ? null : this.#read(written);
  }

  #quoted(): Value | undefined {
    let value = "";
    let from = ++this.#at;
    for (; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at];
      if (character !== '"' && character !== "\\") continue;
      value += this.#text.slice(from, this.#at);
      from = this.#at + 1;
      if (character === "\\") this.#at++;
      else {
        this.#at++;
        return this.#read(value);
      }
    }
    return undefined;
  }

  #endsItem(character: string): boolean {
    return character === "}" || character === this.#delimiter;
  }

  #skip(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }
}
