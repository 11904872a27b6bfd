import fc from "fast-check";
import { expect, test } from "vitest";
import { maskSecrets } from "./mask.ts";

test.each([
  ["ghp_0123456789abcdefghijABCDEFGHIJ012345", "***"],
  ["key=AKIAIOSFODNN7EXAMPLE!", "key=***!"],
  ["git clone https://me:hunter22@github.com/a/b", "git clone https://me:***@github.com/a/b"],
  ["Authorization: Bearer abc.def", "Authorization: Bearer ***"],
  ['{"password": "correct horse"}', '{"password": "*** horse"}'],
  ["DB_PASSWORD=swordfish npm test", "DB_PASSWORD=*** npm test"],
  ["GET /a?sig=abcdefgh&x=1", "GET /a?sig=***&x=1"],
  ["GITHUB_TOKEN: ***", "GITHUB_TOKEN: ***"],
  ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.sig", "***"],
  ["a\n-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\nb", "a\n***\n***\n***\nb"],
])("%j is shown as %j", (text, shown) => {
  expect(maskSecrets(text)).toBe(shown);
});

test.each([
  "npm ERR! code 1",
  "expected token ( at line 3",
  "secret scanning is on",
  "time: 12:30",
  "design = darkblue",
  "signal: SIGKILL",
])("%j stays as it is", (text) => {
  expect(maskSecrets(text)).toBe(text);
});

test.each([
  "-eyJaaaaaaaaa",
  "://a:",
  "authorization: ",
  "token ",
  "?token",
  "\u001b]",
  "ghp_",
  "a=b&",
])("a megabyte of %j takes no longer than a megabyte of anything", (part) => {
  const text = part.repeat(1_000_000 / part.length);
  expect(maskSecrets(text).length).toBeLessThanOrEqual(text.length);
});

test("a token is hidden wherever it stands", () => {
  const token = fc.stringMatching(/^gh[pousr]_[A-Za-z0-9]{36}$/);
  const around = fc.stringMatching(/^[ -~\n]{0,40}[ \n"'=:/]?$/);
  fc.assert(
    fc.property(around, token, fc.string(), (before, secret, after) => {
      expect(maskSecrets(`${before} ${secret} ${after}`)).not.toContain(secret);
    }),
    { seed: 5 },
  );
});
