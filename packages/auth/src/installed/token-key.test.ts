import { expect, test } from "vitest";
import { parseTokenKey } from "./token-key.ts";

const bytes = Buffer.alloc(32, 0xfb);

test.each(["base64", "base64url", "hex"] as const)("a key may be written in %s", (encoding) => {
  expect(parseTokenKey(`${bytes.toString(encoding)}\n`)).toEqual(bytes);
});

test.each([
  "",
  "short",
  bytes.subarray(1).toString("base64"),
  `${"ab".repeat(31)}xy`,
  "!".repeat(44),
])("%j is no key, and the sentence that says so does not repeat it", (text) => {
  expect(() => parseTokenKey(text)).toThrow(/^The key for token files must be 32 bytes/);
});
