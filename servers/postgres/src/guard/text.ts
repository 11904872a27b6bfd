import { type Statement, scan } from "./parser.ts";
import { Refused } from "./refused.ts";

/** Bytes of UTF-8 a statement may have. */
export const LARGEST = 1024 * 1024;

/**
 * Refuses a text that the parser and the server might read differently.
 * @throws {Refused}
 */
export function checkText(sql: string): void {
  if (Buffer.byteLength(sql) > LARGEST) {
    throw new Refused("The statement is larger than 1 MB; pass large values as parameters.");
  }
  // Both ends stop at a NUL, and replace half a surrogate pair, each in its own way.
  if (sql.includes("\0") || !sql.isWellFormed()) {
    throw new Refused("The statement is not valid text: it holds a NUL or half a character.");
  }
}

/** The statement's own text: without the semicolon, and without comments before and after. */
export async function ownText(sql: string, { start, end }: Statement): Promise<string> {
  const bytes = Buffer.from(sql);
  const whole = bytes.subarray(start, end).toString();
  if (!whole.includes("--") && !whole.includes("/*")) return whole.trim();
  const tokens = (await scan(whole)).filter(({ tokenName }) => !COMMENTS.has(tokenName));
  return Buffer.from(whole).subarray(tokens[0]?.start, tokens.at(-1)?.end).toString();
}

const COMMENTS = new Set(["SQL_COMMENT", "C_COMMENT"]);
