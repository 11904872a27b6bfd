import type { Statement } from "./statements.ts";

const BYTES = 8;

/** Statements that were taken over before. Millions of them take little more room than in the database. */
export class KnownStatements {
  readonly #sorted: BigUint64Array;

  /** @param packed as `pack` made it, or several of these one after the other */
  constructor(packed: Uint8Array) {
    const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
    this.#sorted = new BigUint64Array(bytes.length / BYTES);
    for (let at = 0; at < this.#sorted.length; at++) {
      this.#sorted[at] = bytes.readBigUInt64LE(at * BYTES);
    }
    this.#sorted.sort();
  }

  has(statement: Statement): boolean {
    let [from, to] = [0, this.#sorted.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#sorted[middle] as bigint) < statement) from = middle + 1;
      else to = middle;
    }
    return this.#sorted[from] === statement;
  }
}

/** Statements as a database keeps them, 8 bytes each. */
export function pack(statements: ReadonlySet<Statement>): Uint8Array {
  const packed = Buffer.alloc(statements.size * BYTES);
  let at = 0;
  for (const statement of statements) at = packed.writeBigUInt64LE(statement, at);
  return packed;
}
