import fc from "fast-check";
import { expect, test } from "vitest";
import { formatTokens, parseTokens } from "./saved-tokens.ts";

const word = fc.stringMatching(/^[\w./~+-]{1,40}$/);

test("what is written is read again as it was", () => {
  const tokens = fc.record({
    accessToken: word,
    refreshToken: fc.option(word, { nil: undefined }),
    renewAt: fc.option(fc.integer({ min: 1, max: 4e12 }), { nil: undefined }),
    scopes: fc.option(fc.array(word, { minLength: 1 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(tokens, (one) => {
      expect(parseTokens(formatTokens(one))).toEqual(one);
    }),
    { seed: 5 },
  );
});

test("the file of another program is read, and its token taken for ended a minute early", () => {
  const file = {
    access_token: "ya29.a",
    refresh_token: "1//b",
    scope: "https://www.googleapis.com/auth/drive.readonly",
    token_type: "Bearer",
    expiry_date: 1_700_000_000_000,
  };
  expect(parseTokens(JSON.stringify(file))).toEqual({
    accessToken: "ya29.a",
    refreshToken: "1//b",
    scopes: ["https://www.googleapis.com/auth/drive.readonly"],
    renewAt: 1_699_999_940_000,
  });
});

test("nothing a stranger wrote is taken for tokens, and none of it throws", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const tokens = parseTokens(text);
      if (tokens) expect(tokens.accessToken ?? tokens.refreshToken).toEqual(expect.any(String));
    }),
    { seed: 5 },
  );
});
