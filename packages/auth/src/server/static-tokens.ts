import { base64Url, sha256 } from "./bytes.ts";
import { InvalidToken, type TokenVerifier, type VerifiedToken } from "./token.ts";

/** A fresh token, and the line that makes a server accept it. */
export interface NewToken {
  /** For the client. It cannot be had again. */
  readonly token: string;
  /** For the server's file: the hash, the id and the scopes. */
  readonly line: string;
}

interface Entry {
  readonly hash: Uint8Array;
  readonly verified: VerifiedToken;
}

const PREFIX = "portico_";
const LINE = /^([0-9a-f]{64}) ([^\s#]+)((?: [^\s#]+)*)$/i;

/**
 * Makes a token of 256 random bits for the caller `id`.
 * @throws {TypeError} when the id or a scope is not one word without `#`
 */
export async function newToken(id: string, scopes: readonly string[] = []): Promise<NewToken> {
  const wrong = [id, ...scopes].find((word) => !/^[^\s#]+$/.test(word));
  if (wrong !== undefined) {
    throw new TypeError(`${JSON.stringify(wrong)} must be one word without #.`);
  }
  const token = PREFIX + base64Url(crypto.getRandomValues(new Uint8Array(32)));
  const hash = [...(await sha256(token))].map((byte) => byte.toString(16).padStart(2, "0"));
  return { token, line: [hash.join(""), id, ...scopes].join(" ") };
}

/**
 * Accepts the tokens whose SHA-256 hashes are listed, one a line: `<hash> <id> [scope …]`; `#` begins a comment.
 * Only long random tokens are safe like that: make them with {@link newToken}.
 * @throws {TypeError} when a line is malformed; it is named by its number, never quoted
 */
export function staticTokens(lines: string): TokenVerifier {
  const entries = lines.split("\n").flatMap((line, at) => {
    const text = line.replace(/#.*/, "").trim();
    return text === "" ? [] : [parseLine(text, at + 1)];
  });
  return {
    async verify(token) {
      const hash = await sha256(token);
      // Every entry is compared in full, so that the time taken says nothing of any.
      let found: VerifiedToken | undefined;
      for (const entry of entries) if (isSame(entry.hash, hash)) found = entry.verified;
      if (!found && token.startsWith(PREFIX)) throw new InvalidToken("The token is unknown.");
      return found;
    },
  };
}

/**
 * Accepts the tokens listed in a file, which is read once.
 * @throws what reading the file throws, and {@link staticTokens}
 */
export async function staticTokensFile(path: string): Promise<TokenVerifier> {
  const { readFile } = await import("node:fs/promises");
  return staticTokens(await readFile(path, "utf8"));
}

function parseLine(line: string, number: number): Entry {
  const [, hex, id, scopes] = LINE.exec(line.replace(/\s+/g, " ")) ?? [];
  if (hex === undefined || id === undefined || scopes === undefined) {
    throw new TypeError(`Line ${number} of the tokens is not "<SHA-256 in hex> <id> [scope …]".`);
  }
  return {
    hash: Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)),
    verified: { id, scopes: scopes.split(" ").filter(Boolean), claims: {} },
  };
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.length ^ other.length;
  for (let at = 0; at < one.length; at++) difference |= (one[at] ?? 0) ^ (other[at] ?? 0);
  return difference === 0;
}
