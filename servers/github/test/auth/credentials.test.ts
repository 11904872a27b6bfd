import { readFileSync } from "node:fs";
import { join } from "node:path";
import { codeBlocks, put, scratch } from "@portico/testing-servers";
import { describe, expect, onTestFinished, test } from "vitest";
import { parseAccounts } from "../../src/auth/accounts-file.ts";
import { openCredentials } from "../../src/auth/open-credentials.ts";
import type { AuthSettings } from "../../src/auth/settings.ts";
import { APP_KEYS, CLIENT_SECRET, type FakeSignInOptions, fakeSignIn } from "./fake-sign-in.ts";

const patience = () => AbortSignal.timeout(10_000);
const PEM = { pem: APP_KEYS["PKCS #8"] };

async function opened(settings: Partial<AuthSettings>, options?: FakeSignInOptions) {
  const github = await fakeSignIn(options);
  const credentials = openCredentials(
    {
      account: "default",
      oauthScopes: [],
      owners: new Map(),
      accountsFolder: "/nowhere",
      ...settings,
    },
    { addresses: github.addresses, warn: () => {} },
  );
  const tokenFor = async (owner?: string) =>
    (await credentials.for(owner, patience())).authorization(patience());
  return { github, credentials, tokenFor };
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => "it worked",
    (error: Error) => error.message,
  );

test("a token is for everything", async () => {
  const { tokenFor } = await opened({ token: "ghp_given" });
  expect(await tokenFor("octo-org")).toBe("Bearer ghp_given");
  expect(await tokenFor()).toBe("Bearer ghp_given");
});

test("without any credential each request says what to set and where to get it, at this GitHub", async () => {
  const { tokenFor, github } = await opened({});
  expect(await failureOf(tokenFor())).toBe(
    `No credential is set: make a token at ${github.addresses.pages}/settings/personal-access-tokens and start the server with GITHUB_PERSONAL_ACCESS_TOKEN set to it, or run portico-github login.`,
  );
});

describe("a GitHub App", () => {
  test.each(Object.entries(APP_KEYS))(
    "signs with a key in %s, also with \\n in it",
    async (_, pem) => {
      for (const key of [{ pem }, { pem: pem.replaceAll("\n", "\\n") }]) {
        const { tokenFor } = await opened(
          { app: { id: "1234", key, installationId: 7 } },
          { installations: { 7: "octo" } },
        );
        expect(await tokenFor()).toBe("Bearer ghs_7-1");
      }
    },
  );

  test("acts in the name of the owner's installation, be it a user's or an organization's", async () => {
    const { tokenFor, github } = await opened(
      { app: { id: "1234", key: PEM } },
      { installations: { 7: "octo-org", 8: "user-ada" } },
    );
    expect(await tokenFor("Octo-Org")).toMatch(/^Bearer ghs_7-/);
    expect(await tokenFor("user-ada")).toMatch(/^Bearer ghs_8-/);
    expect(await tokenFor("octo-org")).toMatch(/^Bearer ghs_7-/);
    const lookups = github.asked.filter((one) => one.endsWith("/installation"));
    expect(lookups).toEqual([
      "GET /orgs/octo-org/installation",
      "GET /orgs/user-ada/installation",
      "GET /users/user-ada/installation",
    ]);
  });

  test("asks for one token though many calls need it, and for a new one before it ends", async () => {
    const app = { id: "1234", key: PEM, installationId: 7 };
    const { tokenFor } = await opened({ app }, { installations: { 7: "octo" } });
    const tokens = await Promise.all(Array.from({ length: 20 }, () => tokenFor()));
    expect(new Set(tokens)).toEqual(new Set(["Bearer ghs_7-1"]));
    const short = await opened({ app }, { installations: { 7: "octo" }, installationSeconds: 200 });
    expect([await short.tokenFor(), await short.tokenFor()]).toEqual([
      "Bearer ghs_7-1",
      "Bearer ghs_7-2",
    ]);
  });

  test("gives each installation an identity of its own, without a secret", async () => {
    const { credentials } = await opened(
      { app: { id: "1234", key: PEM } },
      { installations: { 7: "octo", 8: "cat" } },
    );
    const identities = await Promise.all(
      ["octo", "cat"].map(async (owner) => (await credentials.for(owner, patience())).identity),
    );
    expect(identities).toEqual(["app 1234 installation 7", "app 1234 installation 8"]);
  });

  test("with one installation reads with it what belongs to others", async () => {
    const { tokenFor } = await opened(
      { app: { id: "1234", key: PEM } },
      { installations: { 7: "octo" } },
    );
    expect(await tokenFor("somebody-else")).toMatch(/^Bearer ghs_7-/);
    expect(await tokenFor()).toMatch(/^Bearer ghs_7-/);
  });

  test("with several says for whom it is not installed", async () => {
    const { tokenFor } = await opened(
      { app: { id: "1234", key: PEM } },
      { installations: { 7: "octo", 8: "cat" } },
    );
    expect(await failureOf(tokenFor("stranger"))).toMatch(
      /^The GitHub App is not installed for "stranger"/,
    );
    expect(await failureOf(tokenFor())).toMatch(/about none of their owners/);
  });

  test.each([
    [{ id: "999", key: PEM, installationId: 7 }, /check its id, its private key/],
    [{ id: "1234", key: PEM, installationId: 9 }, /no such installation/],
    [
      { id: "1234", key: { pem: "-----BEGIN nothing" }, installationId: 7 },
      /private key cannot be used/,
    ],
    [
      { id: "1234", key: { path: "/nowhere/key.pem" }, installationId: 7 },
      /cannot be read \(ENOENT\)/,
    ],
  ])("that GitHub does not take says what to check, and no secret (%#)", async (app, sentence) => {
    const { tokenFor } = await opened({ app }, { installations: { 7: "octo" } });
    const message = await failureOf(tokenFor());
    expect(message).toMatch(sentence);
    expect(message).not.toMatch(/BEGIN|nowhere|eyJ/);
  });
});

describe("who signed in", () => {
  const saved = (more: object = {}) =>
    JSON.stringify({ access_token: "gho_old", scope: "repo", token_type: "Bearer", ...more });

  test("has the token that login kept", async () => {
    const dir = scratch({ "default.json": saved() });
    const { tokenFor, github } = await opened({ accountsFolder: dir });
    expect(await tokenFor("octo")).toBe("Bearer gho_old");
    expect(github.forms).toEqual([]);
  });

  test("keeps it where it ends: one of many calls renews it, and the next refresh token is kept", async () => {
    const dir = scratch({
      "default.json": saved({ refresh_token: "ghr_first", expiry_date: 1_700_000_000_000 }),
    });
    const settings = { accountsFolder: dir, clientId: "Iv23client", clientSecret: CLIENT_SECRET };
    const { tokenFor, github } = await opened(settings, { expires: true });
    github.current.refresh = "ghr_first";
    const tokens = await Promise.all(Array.from({ length: 20 }, () => tokenFor()));
    expect(new Set(tokens)).toEqual(new Set(["Bearer gho_access-1"]));
    expect(github.forms).toEqual([
      {
        client_id: "Iv23client",
        client_secret: CLIENT_SECRET,
        grant_type: "refresh_token",
        refresh_token: "ghr_first",
      },
    ]);
    expect(JSON.parse(readFileSync(join(dir, "default.json"), "utf8"))).toMatchObject({
      access_token: "gho_access-1",
      refresh_token: "ghr_refresh-1",
    });
  });

  test("is told to sign in again when GitHub takes the refresh token no longer", async () => {
    const dir = scratch({
      "default.json": saved({ refresh_token: "ghr_used-up", expiry_date: 1_700_000_000_000 }),
    });
    const { tokenFor } = await opened({
      accountsFolder: dir,
      clientId: "Iv23client",
      clientSecret: CLIENT_SECRET,
    });
    expect(await failureOf(tokenFor())).toBe(
      'The sign-in of the account "default" has ended; run portico-github login.',
    );
  });

  test("is told which client is missing to renew it", async () => {
    const dir = scratch({
      "default.json": saved({ refresh_token: "ghr_x", expiry_date: 1_700_000_000_000 }),
    });
    const { tokenFor } = await opened({ accountsFolder: dir });
    expect(await failureOf(tokenFor())).toContain("set GITHUB_OAUTH_CLIENT_ID");
  });
});

describe("several accounts", () => {
  test("are routed by owner, whatever its case, and all others have the usual one", async () => {
    const dir = scratch({ octo: "ghp_octo\n", "accounts/ada.json": '{"access_token":"gho_ada"}' });
    process.env.TEST_ACME_TOKEN = "ghp_acme";
    onTestFinished(() => {
      delete process.env.TEST_ACME_TOKEN;
    });
    const owners = parseAccounts(
      JSON.stringify({
        "Octo-Org": { "token-file": join(dir, "octo") },
        acme: { "token-variable": "TEST_ACME_TOKEN" },
        ada: { login: "ada" },
      }),
    );
    const { tokenFor, credentials } = await opened({
      token: "ghp_usual",
      owners,
      accountsFolder: join(dir, "accounts"),
    });
    expect(
      await Promise.all(["octo-org", "ACME", "ada", "other", undefined].map(tokenFor)),
    ).toEqual(
      ["ghp_octo", "ghp_acme", "gho_ada", "ghp_usual", "ghp_usual"].map((one) => `Bearer ${one}`),
    );
    const identities = ["octo-org", "acme", "ada", "other"].map(async (owner) => {
      return (await credentials.for(owner, patience())).identity;
    });
    expect(new Set(await Promise.all(identities)).size).toBe(4);
  });

  test('"*" takes the place of the usual one, and Apps may stand beside tokens', async () => {
    const dir = scratch({ "app.pem": APP_KEYS["PKCS #1"], everybody: "ghp_everybody" });
    const owners = parseAccounts(
      JSON.stringify({
        octo: { "app-id": 1234, "app-private-key-path": join(dir, "app.pem") },
        "*": { "token-file": join(dir, "everybody") },
      }),
    );
    const { tokenFor } = await opened(
      { token: "ghp_usual", owners },
      { installations: { 7: "octo" } },
    );
    expect(await tokenFor("octo")).toBe("Bearer ghs_7-1");
    expect(await tokenFor("other")).toBe("Bearer ghp_everybody");
    expect(await tokenFor()).toBe("Bearer ghp_everybody");
  });

  test("are written as the README writes them", () => {
    const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
    const [example = ""] = codeBlocks(readme, "json").filter((block) => block.includes("octo-org"));
    expect([...parseAccounts(example).keys()]).toEqual([
      "octo-org",
      "acme",
      "big-corp",
      "ada",
      "*",
    ]);
  });

  test("a token file that changes is a new token; one that is no token is named by its owner alone", async () => {
    const dir = scratch({ octo: "ghp_one" });
    const owners = parseAccounts(JSON.stringify({ octo: { "token-file": join(dir, "octo") } }));
    const { tokenFor } = await opened({ owners });
    expect(await tokenFor("octo")).toBe("Bearer ghp_one");
    put(dir, { octo: "ghp_two" });
    expect(await tokenFor("octo")).toBe("Bearer ghp_two");
    put(dir, { octo: "two ghp_words" });
    const message = await failureOf(tokenFor("octo"));
    expect(message).toBe(
      'There is no token for the owner "octo": its file does not hold one token and nothing else.',
    );
  });

  test.each([
    [{ "token-variable": "TEST_NOT_SET" }, "the variable TEST_NOT_SET is not set"],
    [{ "token-file": "/nowhere/token" }, "its file cannot be read (ENOENT)"],
    [{ login: "ada" }, "run portico-github login --account=ada"],
  ])("%j says what is missing when it is needed", async (source, sentence) => {
    const { tokenFor } = await opened({ owners: parseAccounts(JSON.stringify({ octo: source })) });
    expect(await failureOf(tokenFor("octo"))).toContain(sentence);
  });
});
