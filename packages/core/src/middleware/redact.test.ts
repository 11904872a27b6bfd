import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonValue } from "../schema/json-schema.ts";
import { redact } from "./redact.ts";

test("what a name that speaks of a secret holds is left out, at any depth and of any type", () => {
  const given: JsonValue = {
    user: "ada",
    password: "pw",
    list: [{ apiKey: 1 }, { session: [] }, { login: { refresh_token: {} } }],
  };
  expect(redact(given)).toEqual({
    user: "ada",
    password: "***",
    list: [{ apiKey: "***" }, { session: "***" }, { login: { refresh_token: "***" } }],
  });
});

test("text is fit for a log, and so are names", () => {
  expect(redact({ "a\nb": "c\u001bd", url: "https://u:pw@h/" })).toEqual({
    "a\\u{a}b": "c\\u{1b}d",
    url: "https://u:***@h/",
  });
});

describe("a text", () => {
  test.each([
    ["Authorization: Bearer abc.def", "Authorization: ***"],
    ["curl -H 'Cookie: theme=dark; id=1' x.example", "curl -H 'Cookie: *** x.example"],
    ["send Bearer eyJhbGciOi.J9.x_y now", "send Bearer *** now"],
    ["log in with password=hunter2 today", "log in with password=*** today"],
    ["PGPASSWORD = hunter2\nPGHOST = db", "PGPASSWORD = ***\\u{a}PGHOST = db"],
    ["api_key: 'hun ter2', path: /x", "api_key: ***, path: /x"],
    ['{"password":"hun\\"ter2","path":"/x"}', '{"password":***,"path":"/x"}'],
    ['{\\"pin\\":\\"1234\\"}', '{\\"pin\\":***"}'],
    ["user=ada&pass=a,b;c&to=x", "user=ada&pass=***&to=x"],
    ["auth=Basic YTpi then", "auth=*** then"],
    ["clone https://token:hunter2@h/x", "clone https://token:***@h/x"],
  ])("%s is written without the secret in it", (text, written) => {
    expect(redact(text)).toBe(written);
  });

  test.each([
    "The bearer of bad news forgot the password again.",
    "Who is the author: Ada, or the pinned one?",
    "a = b; key: value; const code = 5",
    "see https://h/x?page=2 and ssh://git@h/x",
    "secret://place",
  ])("that gives none away stays: %s", (text) => {
    expect(redact(text)).toBe(text);
  });

  const SPEAKS =
    /:\/\/|pwd|pass|auth|bearer|jwt|otp|pin|token|secret|credential|cookie|session|key|signature/;
  const innocent = fc
    .stringMatching(/^[a-z ,.;:=&?@/'"()-]{0,60}$/)
    .filter((text) => !SPEAKS.test(text));

  test("in which nothing speaks of a secret is unchanged, whatever it is", () => {
    fc.assert(
      fc.property(innocent, (text) => {
        expect(redact(text)).toBe(text);
      }),
      { seed: 18 },
    );
  });

  const secret = fc.stringMatching(/^[A-Za-z0-9!#$%*+.,;_~-]{8,24}$/);
  const leaks: ((secret: string) => string)[] = [
    (secret) => `password=${secret}`,
    (secret) => `"accessKey": "${secret}"`,
    (secret) => `jwt: ${secret}`,
    (secret) => `Authorization: Bearer ${secret}`,
    (secret) => `https://me:${secret}@host/x`,
  ];

  test("never gives away the secret it has, whatever stands around it", () => {
    fc.assert(
      fc.property(
        innocent,
        fc.constantFrom(...leaks),
        secret,
        innocent,
        (before, leak, it, after) => {
          expect(redact(`${before} ${leak(it)} ${after}`)).not.toContain(it);
        },
      ),
      { seed: 18 },
    );
  });

  test("of a megabyte is written in linear time", () => {
    for (const part of [
      "a",
      "a ",
      "=",
      "token",
      "token=",
      "\\",
      '"',
      "Bearer ",
      "cookie:",
      '"\\n',
    ]) {
      const text = `${part.repeat(200_000)} token="${part.repeat(200_000)}`;
      expect(String(redact(text)).length).toBeLessThan(400);
    }
  });
});

test("what is deep or wide is cut", () => {
  expect(redact({ a: { b: { c: { d: { e: 1 } } } } })).toEqual({ a: { b: { c: { d: "…" } } } });
  expect(redact(Array.from({ length: 100 }, () => 0))).toHaveLength(33);
  const wide = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`k${at}`, at]));
  expect(Object.keys(redact(wide) as object)).toHaveLength(33);
});

test("any JSON comes out small and printable", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
      const text = JSON.stringify(redact(value as JsonValue));
      expect(text).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
    }),
    { seed: 18 },
  );
});

test("a name like a prototype's stays a name", () => {
  const given = JSON.parse('{"__proto__":{"token":"t"}}') as JsonValue;
  expect(JSON.stringify(redact(given))).toBe('{"__proto__":{"token":"***"}}');
});
