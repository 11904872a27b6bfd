import fc from "fast-check";
import { expect, test } from "vitest";
import { AccountsError, parseAccounts } from "./accounts-file.ts";

test("owners are read with where their tokens are", () => {
  const file = {
    "Octo-Org": { "token-file": "/secrets/octo" },
    acme: { "token-variable": "ACME_TOKEN" },
    ada: { login: "ada" },
    big: { "app-id": 12, "app-private-key-path": "/secrets/app.pem", "app-installation-id": "42" },
    "*": { login: "default" },
  };
  expect([...parseAccounts(JSON.stringify(file))]).toEqual([
    ["octo-org", { kind: "token-file", path: "/secrets/octo" }],
    ["acme", { kind: "token-variable", name: "ACME_TOKEN" }],
    ["ada", { kind: "login", account: "ada" }],
    [
      "big",
      { kind: "app", app: { id: "12", key: { path: "/secrets/app.pem" }, installationId: 42 } },
    ],
    ["*", { kind: "login", account: "default" }],
  ]);
});

const SAMPLE = '{"token-file":"PATH"}';

test.each([
  ["{", "must be one JSON object", `{ "octo-org": ${SAMPLE} }`],
  ["[]", "must be one JSON object", `{ "octo-org": ${SAMPLE} }`],
  ['{"a/b":{"login":"x"}}', '"a/b" is no user or organization', `"ab": ${SAMPLE}`],
  ['{"octo":"ghp_secret"}', "says where its token is, not the token", `"octo": ${SAMPLE}`],
  [
    '{"octo":{"token":"ghp_secret"}}',
    '"token" of the owner "octo" is not known',
    `"octo": ${SAMPLE}`,
  ],
  ['{"octo":{}}', "needs one source of tokens", `"octo": ${SAMPLE}`],
  [
    '{"octo":{"login":"x","token-file":"y"}}',
    "needs one source of tokens",
    '"octo": {"login":"x"}',
  ],
  [
    '{"octo":{"login":3}}',
    '"login" of the owner "octo" must be a text',
    '"octo": {"login":"LOGIN"}',
  ],
  [
    '{"octo":{"app-id":"1"}}',
    "needs app-id, app-private-key-path",
    '"octo": {"app-id":"1","app-private-key-path":"PATH"}',
  ],
  ['{"octo":{"login":"x"},"OCTO":{"login":"y"}}', "is there twice", '"OCTO": {"login":"y"}'],
])("%s is refused with the corrected line, and no secret", (json, sentence, line) => {
  const refusal = caught(json);
  expect(refusal?.message).toContain(sentence);
  expect(refusal?.line).toBe(line);
  expect(`${refusal?.message} ${refusal?.line}`).not.toContain("ghp_secret");
});

test("whatever the file holds, it is read or refused in a sentence", () => {
  const value = fc.json({ maxDepth: 3 });
  const owners = fc.dictionary(fc.string(), fc.dictionary(fc.string(), fc.jsonValue()));
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        value,
        owners.map((one) => JSON.stringify(one)),
      ),
      (json) => {
        expect(caught(json)?.message ?? ".").toMatch(/\.$/);
      },
    ),
    { seed: 5 },
  );
});

function caught(json: string): AccountsError | undefined {
  try {
    parseAccounts(json);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(AccountsError);
    return error as AccountsError;
  }
}
