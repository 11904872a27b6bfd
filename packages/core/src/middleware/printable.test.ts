import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSecretName } from "../kernel/secrets.ts";
import { printable, printableUri } from "./printable.ts";

describe("text from outside", () => {
  test("stays as it is where it is plain, in any script", () => {
    for (const text of ["read_file", "père & fils", "文件 🙂", ""])
      expect(printable(text)).toBe(text);
  });

  test("cannot begin a new line, act on a terminal or turn the direction of writing", () => {
    expect(printable("a\nb\r\u001b[2Jc\u2028d\u202ee\u0085")).toBe(
      "a\\u{a}b\\u{d}\\u{1b}[2Jc\\u{2028}d\\u{202e}e\\u{85}",
    );
  });

  test("is never long and never holds a control character, whatever it was", () => {
    const anything = fc.string({ unit: "binary", maxLength: 600 });
    fc.assert(
      fc.property(anything, (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
      { seed: 18 },
    );
    expect(printable("x".repeat(10_000))).toHaveLength(257);
  });
});

describe("a URI", () => {
  test.each([
    ["postgres://ada:s3cret@db:5432/app", "postgres://ada:***@db:5432/app"],
    ["https://u:p@ss@host/x", "https://u:***@host/x"],
    ["https://:pw@host", "https://:***@host"],
    ["https://h/x?a=1&access_token=abc&b=2", "https://h/x?a=1&access_token=***&b=2"],
    ["https://h/x?a=1#id_token=abc", "https://h/x?a=1#id_token=***"],
    ["file:///home/ada/notes.txt", "file:///home/ada/notes.txt"],
    ["https://h:8080/x@y", "https://h:8080/x@y"],
  ])("%s is written without its secrets", (uri, written) => {
    expect(printableUri(uri)).toBe(written);
  });

  test("of a megabyte is written in linear time", () => {
    for (const part of ["a:", "?token=", "&x", "@", "://"]) {
      expect(printableUri(`https://${part.repeat(300_000)}`).length).toBeLessThan(400);
    }
  });
});

test("names that speak of a secret are known as such", () => {
  const secret = ["token", "accessToken", "API_KEY", "apikey", "x-api-key", "password", "Cookie"];
  expect(secret.filter((name) => !isSecretName(name))).toEqual([]);
  expect(["path", "query", "key", "author", "limit"].filter(isSecretName)).toEqual([]);
});
