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
    ["https://ghp_x@github.com/a/b", "https://***@github.com/a/b"],
    ["https://ghp_x:@github.com", "https://***@github.com"],
    ["https://ada@x.example:pw@host", "https://***@x.example:***@host"],
    ["ssh://git@github.com/a/b", "ssh://git@github.com/a/b"],
    ["https://h/x?to=a@b.example", "https://h/x?to=a@b.example"],
    [
      "https://h/x?key=a&SIG=b&code=c&auth=d&jwt=e",
      "https://h/x?key=***&SIG=***&code=***&auth=***&jwt=***",
    ],
    ["https://h/x?keys=a&country_code=de", "https://h/x?keys=a&country_code=de"],
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

test.each([
  ...["token", "accessToken", "API_KEY", "apikey", "x-api-key", "password", "Cookie"],
  ...[
    "pwd",
    "db_pwd",
    "pass",
    "userPass",
    "auth",
    "basic-auth",
    "HTTPAuth",
    "bearer",
    "jwt",
    "OTP",
  ],
  ...["pin", "userPIN", "pin2", "accessKey", "access_key", "access-key-id", "encryptionKey"],
])("the name %s speaks of a secret", (name) => {
  expect(isSecretName(name)).toBe(true);
});

test.each([
  ...["path", "query", "key", "code", "author", "limit", "authMode", "passThrough", "bypass"],
  ...["compass", "pinned", "pin_count", "spin", "keyboard"],
])("the name %s speaks of none", (name) => {
  expect(isSecretName(name)).toBe(false);
});
