/** A parsed regular expression, as far as its cost and its matches depend on it. */
export type Syntax =
  /** One character; `source` is how the expression wrote it: a letter, an escape, a class. */
  | { readonly kind: "char"; readonly source: string }
  | { readonly kind: "sequence"; readonly items: readonly Syntax[] }
  | { readonly kind: "choice"; readonly branches: readonly Syntax[] }
  | { readonly kind: "repeat"; readonly body: Syntax; readonly min: number; readonly max: number }
  | { readonly kind: "assert"; readonly what: "start" | "end" | "word" | "notWord" }
  /** Look-around, or a group with flags of its own: only a backtracking engine can run it. */
  | { readonly kind: "look"; readonly body: Syntax }
  | { readonly kind: "backReference" };

const maxNesting = 100;

/** Parses `source`, which the platform already accepted as a regular expression. */
export function parse(source: string, unicode: boolean): Syntax {
  return new Parser(source, unicode).choice(0);
}

class Parser {
  #at = 0;
  readonly #source: string;
  readonly #unicode: boolean;

  constructor(source: string, unicode: boolean) {
    this.#source = source;
    this.#unicode = unicode;
  }

  choice(depth: number): Syntax {
    if (depth > maxNesting) throw new RangeError("nests too deeply");
    const branches = [this.#sequence(depth)];
    while (this.#take("|")) branches.push(this.#sequence(depth));
    return branches.length === 1 ? (branches[0] as Syntax) : { kind: "choice", branches };
  }

  #sequence(depth: number): Syntax {
    const items: Syntax[] = [];
    while (this.#at < this.#source.length && !"|)".includes(this.#peek())) {
      items.push(this.#quantified(this.#atom(depth)));
    }
    return items.length === 1 ? (items[0] as Syntax) : { kind: "sequence", items };
  }

  #quantified(body: Syntax): Syntax {
    const found = this.#match(/(?:([*+?])|\{(\d+)(,(\d*))?\})\??/y);
    if (!found) return body;
    const [, sign, least, comma, most] = found;
    const min = sign ? (sign === "+" ? 1 : 0) : Number(least);
    const open = sign ? sign !== "?" : comma !== undefined && most === "";
    const max = open ? Number.POSITIVE_INFINITY : sign ? 1 : Number(most ?? least);
    return { kind: "repeat", body, min, max };
  }

  #atom(depth: number): Syntax {
    if (this.#take("^")) return { kind: "assert", what: "start" };
    if (this.#take("$")) return { kind: "assert", what: "end" };
    if (this.#take("(")) return this.#group(depth);
    if (this.#peek() === "\\") return this.#escape();
    const charClass = this.#match(/\[(?:[^\]\\]|\\.)*\]/suy);
    return { kind: "char", source: charClass?.[0] ?? this.#character() };
  }

  #group(depth: number): Syntax {
    const plain = this.#match(/\?:|\?<(?![=!])[^>]*>|(?!\?)/y);
    if (!plain) this.#match(/\?(?:<?[=!]|[a-z-]*:)/y);
    const body = this.choice(depth + 1);
    this.#take(")");
    return plain ? body : { kind: "look", body };
  }

  #escape(): Syntax {
    if (this.#take("\\b")) return { kind: "assert", what: "word" };
    if (this.#take("\\B")) return { kind: "assert", what: "notWord" };
    if (this.#match(/\\(?:[1-9]\d*|k<[^>]*>)/y)) return { kind: "backReference" };
    const wide = this.#unicode
      ? this.#match(/\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[dD][89abAB]..\\u[dD][c-fC-F]..)/y)
      : undefined;
    const source = wide ?? this.#match(/\\(?:u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[a-zA-Z]|0)/y);
    if (source) return { kind: "char", source: source[0] };
    this.#at += 1;
    return { kind: "char", source: `\\${this.#character()}` };
  }

  #character(): string {
    const code = this.#source.codePointAt(this.#at) ?? 0;
    const text = this.#unicode ? String.fromCodePoint(code) : this.#peek();
    this.#at += text.length;
    return text;
  }

  #peek(): string {
    return this.#source.charAt(this.#at);
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#source) ?? undefined;
    if (found) this.#at = expression.lastIndex;
    return found;
  }
}
