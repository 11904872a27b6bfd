import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { newToken, staticTokens, staticTokensFile } from "./static-tokens.ts";

const RESOURCE = "https://mcp.example.com/mcp";

test("a token made here is accepted by the line made with it, and by no other", async () => {
  const [one, other] = [await newToken("ci", ["a", "b"]), await newToken("backup")];
  const tokens = staticTokens(`# robots\n\n${one.line} # nightly\n  ${other.line}\r\n`);
  expect(await tokens.verify(one.token, RESOURCE)).toEqual({
    id: "ci",
    scopes: ["a", "b"],
    claims: {},
  });
  expect(await tokens.verify(other.token, RESOURCE)).toMatchObject({ id: "backup", scopes: [] });
  const stranger = await newToken("ci");
  await expect(tokens.verify(stranger.token, RESOURCE)).rejects.toThrow("unknown");
});

test("a token that was not made here is left to other verifiers, and a hash is no token", async () => {
  const { line } = await newToken("ci");
  const tokens = staticTokens(line);
  expect(await tokens.verify("something", RESOURCE)).toBeUndefined();
  expect(await tokens.verify(line.split(" ")[0] ?? "", RESOURCE)).toBeUndefined();
});

test("tokens are long, random and never in the file", async () => {
  const made = await Promise.all(Array.from({ length: 50 }, () => newToken("ci")));
  expect(new Set(made.map(({ token }) => token)).size).toBe(50);
  for (const { token, line } of made) {
    expect(token).toMatch(/^portico_[\w-]{43}$/);
    expect(line).not.toContain(token);
  }
});

test("a file of tokens is read", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tokens-"));
  try {
    const { token, line } = await newToken("ci");
    await writeFile(join(folder, "tokens"), line);
    const tokens = await staticTokensFile(join(folder, "tokens"));
    expect(await tokens.verify(token, RESOURCE)).toMatchObject({ id: "ci" });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a malformed line is named by its number and not quoted: it may hold a token", () => {
  const text = `\n# fine\nportico_secret ci`;
  expect(() => staticTokens(text)).toThrow("Line 3 of the tokens");
  expect(() => staticTokens(text)).not.toThrow("portico_secret");
});

test.each([["a b"], [""], ["a#b"], ["a\nb"]])(
  "refuses an id or a scope no line can hold: %j",
  async (id) => {
    await expect(newToken(id)).rejects.toThrow("one word without #");
    await expect(newToken("ci", [id])).rejects.toThrow("one word without #");
  },
);

test("reads back every id and scope it writes", async () => {
  const word = fc.stringMatching(/^[^\s#]{1,20}$/);
  const written = fc.tuple(word, fc.array(word, { maxLength: 4 }));
  await fc.assert(
    fc.asyncProperty(written, async ([id, scopes]) => {
      const { token, line } = await newToken(id, scopes);
      expect(await staticTokens(line).verify(token, RESOURCE)).toEqual({ id, scopes, claims: {} });
    }),
    { seed: 7, numRuns: 100 },
  );
});
