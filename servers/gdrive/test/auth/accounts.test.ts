import { chmodSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { put, scratch } from "@portico/testing-servers";
import { describe, expect, onTestFinished, test } from "vitest";
import { openAccounts } from "../../src/auth/accounts.ts";
import type { AuthSettings } from "../../src/auth/settings.ts";
import { claimsOf, fakeGoogle, SERVICE_ACCOUNT } from "./fake-google.ts";

const READONLY = "https://www.googleapis.com/auth/drive.readonly";
const ARCHIVED = {
  access_token: "ya29.old",
  refresh_token: "1//refresh-0",
  scope: READONLY,
  token_type: "Bearer",
  expiry_date: 1_700_000_000_000,
};
const patience = () => AbortSignal.timeout(10_000);

/** Settings that look at nothing but a folder of the test's own. */
function settingsIn(dir: string, more: Partial<AuthSettings> = {}): AuthSettings {
  return {
    oauthPath: join(dir, "keys.json"),
    accountsFolder: join(dir, "accounts"),
    account: "default",
    applicationDefault: false,
    scopes: [],
    ...more,
  };
}

async function opened(
  files: Readonly<Record<string, string>>,
  more: (dir: string) => Partial<AuthSettings> = () => ({}),
) {
  const google = await fakeGoogle();
  const dir = scratch({ "keys.json": google.keys(), ...files });
  const warnings: string[] = [];
  const settings = settingsIn(dir, more(dir));
  const accounts = openAccounts(settings, {
    scopes: [READONLY],
    warn: (sentence) => warnings.push(sentence),
    fetch: google.fetch,
  });
  return { accounts, google, dir, settings, warnings };
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => "it worked",
    (error: Error) => error.message,
  );

test("GD3: a token the archived server saved is renewed with the keys, and its file becomes its owner's alone", async () => {
  const { accounts, google, dir } = await opened(
    { "old.json": JSON.stringify(ARCHIVED) },
    (dir) => ({ credentialsPath: join(dir, "old.json") }),
  );
  chmodSync(join(dir, "old.json"), 0o644);
  const account = await accounts.get();
  expect(await account.grantedScopes()).toEqual(new Set([READONLY]));
  expect(await account.accessToken(patience())).toBe("ya29.access-1");
  expect(google.forms).toMatchObject([
    { grant_type: "refresh_token", refresh_token: "1//refresh-0" },
  ]);
  const saved = JSON.parse(readFileSync(join(dir, "old.json"), "utf8"));
  expect(saved).toMatchObject({
    access_token: "ya29.access-1",
    refresh_token: "1//refresh-0",
    scope: READONLY,
  });
  expect(saved.expiry_date).toBeGreaterThan(Date.now());
  if (process.platform !== "win32") {
    expect(statSync(join(dir, "old.json")).mode & 0o777).toBe(0o600);
  }
});

test("GD3: forty calls at once renew the token once", async () => {
  const { accounts, google } = await opened({ "accounts/default.json": JSON.stringify(ARCHIVED) });
  const tokens = await Promise.all(
    Array.from({ length: 40 }, async () => (await accounts.get()).accessToken(patience())),
  );
  expect(new Set(tokens)).toEqual(new Set(["ya29.access-1"]));
  expect(google.forms).toHaveLength(1);
});

test("GD3: a refresh token that Google changes takes the place of the old one, for the next process too", async () => {
  const { accounts, google, settings } = await opened({
    "accounts/default.json": JSON.stringify(ARCHIVED),
  });
  google.refreshToken = "1//rotated";
  const account = await accounts.get();
  await account.accessToken(patience());
  account.refused("ya29.access-1");
  await account.accessToken(patience());
  const next = openAccounts(settings, { scopes: [], warn: () => {}, fetch: google.fetch });
  const again = await next.get();
  again.refused("ya29.access-2");
  await again.accessToken(patience());
  expect(google.forms.map(({ refresh_token }) => refresh_token)).toEqual([
    "1//refresh-0",
    "1//rotated",
    "1//rotated",
  ]);
});

test("GD3: whatever goes wrong, no secret and no path is in what is said", async () => {
  const { accounts, google, dir, warnings } = await opened({
    "accounts/default.json": JSON.stringify(ARCHIVED),
    "accounts/sealed.json": JSON.stringify({ sealed: "AAAA" }),
    "robot.json": SERVICE_ACCOUNT,
  });
  const robot = openAccounts(settingsIn(dir, { googleCredentials: join(dir, "robot.json") }), {
    scopes: [READONLY],
    warn: (sentence) => warnings.push(sentence),
    fetch: google.fetch,
  });
  const said: string[] = [];
  for (const error of ["invalid_grant", "invalid_client", "server_error"]) {
    google.refusal = { status: 400, error };
    for (const account of [
      await accounts.get("default"),
      await accounts.get("sealed"),
      await robot.get("default"),
    ]) {
      said.push(await failureOf(account.accessToken(patience())));
    }
  }
  google.refusal = undefined;
  expect(said).toHaveLength(9);
  for (const sentence of [...said, ...warnings]) {
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence).not.toMatch(/ya29|1\/\/|GOCSPX|PRIVATE|eyJ|\n/);
    expect(sentence).not.toContain(dir);
  }
});

test("a token Google refused is not used again", async () => {
  const fresh = { ...ARCHIVED, expiry_date: Date.now() + 3_600_000 };
  const { accounts } = await opened({ "accounts/default.json": JSON.stringify(fresh) });
  const account = await accounts.get();
  expect(await account.accessToken(patience())).toBe("ya29.old");
  account.refused("ya29.old");
  expect(await account.accessToken(patience())).toBe("ya29.access-1");
});

describe("several accounts", () => {
  const both = {
    "accounts/work.json": JSON.stringify({ ...ARCHIVED, refresh_token: "1//work" }),
    "accounts/ada%40example.org.json": JSON.stringify({ ...ARCHIVED, refresh_token: "1//home" }),
    "accounts/notes.txt": "no account",
    "accounts/%zz.json": "no account",
  };

  test("are told apart by name, and each has its own token", async () => {
    const { accounts, google } = await opened(both);
    expect(await accounts.names()).toEqual(["ada@example.org", "work"]);
    await (await accounts.get("work")).accessToken(patience());
    await (await accounts.get("ada@example.org")).accessToken(patience());
    expect(google.forms.map(({ refresh_token }) => refresh_token)).toEqual(["1//work", "1//home"]);
    expect(await accounts.get("work")).toBe(await accounts.get("work"));
  });

  test("must be named, unless the operator said which one is meant", async () => {
    const { accounts } = await opened(both);
    await expect(accounts.get()).rejects.toThrow(
      "Several accounts are signed in; name one of ada@example.org, work.",
    );
    const { accounts: chosen } = await opened(both, () => ({ account: "work" }));
    expect((await chosen.get()).name).toBe("work");
  });

  test("are those in the folder and no file elsewhere", async () => {
    const { accounts, dir } = await opened(both);
    put(dir, { "outside.json": JSON.stringify(ARCHIVED) });
    for (const name of ["../outside", "..", "%2e%2e/outside", "nobody"]) {
      await expect(accounts.get(name)).rejects.toThrow(`There is no account "${name}"`);
    }
  });
});

test("who signs in while the server runs is found without a restart", async () => {
  const { accounts, dir } = await opened({});
  await expect(accounts.get()).rejects.toThrow("Nobody is signed in");
  put(dir, { "accounts/default.json": JSON.stringify(ARCHIVED) });
  await expect.poll(() => accounts.names(), { timeout: 10_000 }).toEqual(["default"]);
});

describe("without what is needed each call says what to do:", () => {
  test("no account at all", async () => {
    const { accounts } = await opened({});
    expect(await accounts.names()).toEqual([]);
    await expect(accounts.get()).rejects.toMatchObject({
      failure: "no-credentials",
      message: expect.stringMatching(
        /desktop app at https:\/\/console\.cloud\.google\.com\S+, set GDRIVE_OAUTH_PATH .* run portico-gdrive auth/,
      ),
    });
  });

  test("a token that ended, and no keys to renew it with", async () => {
    const { accounts } = await opened(
      { "accounts/default.json": JSON.stringify(ARCHIVED) },
      () => ({
        oauthPath: "/nowhere/keys.json",
      }),
    );
    const message = await failureOf((await accounts.get()).accessToken(patience()));
    expect(message).toMatch(/^No OAuth client is set: .* set GDRIVE_OAUTH_PATH /);
    expect(message).not.toContain("/nowhere");
  });

  test("a sign-in Google takes no longer", async () => {
    const { accounts, google } = await opened({ "accounts/work.json": JSON.stringify(ARCHIVED) });
    google.refusal = { status: 400, error: "invalid_grant" };
    expect(await failureOf((await accounts.get()).accessToken(patience()))).toBe(
      'Google no longer accepts the sign-in of the account "work"; run portico-gdrive auth --account=work.',
    );
  });

  test("a damaged file", async () => {
    const { accounts, dir } = await opened({ "accounts/default.json": "{ya29.half" });
    const account = await accounts.get();
    expect(await account.grantedScopes()).toBeUndefined();
    const message = await failureOf(account.accessToken(patience()));
    expect(message).toBe("The file default.json holds no token; delete it and sign in again.");
    expect(message).not.toContain(dir);
  });
});

describe("tokens given ready-made", () => {
  test("are used as they are, and what they may do is not known", async () => {
    const { accounts, google } = await opened({}, () => ({ accessToken: "ya29.given" }));
    const account = await accounts.get();
    expect(await account.accessToken(patience())).toBe("ya29.given");
    expect(await account.grantedScopes()).toBeUndefined();
    expect(google.forms).toEqual([]);
  });

  test("that Google takes no longer are to be set anew: signing in would not replace them", async () => {
    const { accounts } = await opened({}, () => ({ accessToken: "ya29.given" }));
    const account = await accounts.get();
    account.refused(await account.accessToken(patience()));
    expect(await failureOf(account.accessToken(patience()))).toBe(
      "Google no longer accepts the token the server was given; start it with a new one in GDRIVE_ACCESS_TOKEN, or with GDRIVE_REFRESH_TOKEN.",
    );
  });

  test("are renewed where a refresh token came along, and nothing is written", async () => {
    const { accounts, dir } = await opened({}, () => ({ refreshToken: "1//given" }));
    expect(await (await accounts.get()).accessToken(patience())).toBe("ya29.access-1");
    expect(() => statSync(join(dir, "accounts"))).toThrow("ENOENT");
  });
});

describe("a service account", () => {
  const serviceAccount = (subject?: string) =>
    opened({ "robot.json": SERVICE_ACCOUNT }, (dir) => ({
      googleCredentials: join(dir, "robot.json"),
      ...(subject !== undefined && { subject }),
    }));

  test("signs for its tokens with its key, for the scopes the tools need", async () => {
    const { accounts, google } = await serviceAccount();
    const account = await accounts.get();
    const tokens = [await account.accessToken(patience()), await account.accessToken(patience())];
    expect(tokens).toEqual(["ya29.access-1", "ya29.access-1"]);
    expect(google.forms).toHaveLength(1);
    const claims = claimsOf(google.forms[0]?.assertion);
    expect(claims).toMatchObject({
      iss: "robot@project.iam.gserviceaccount.com",
      scope: READONLY,
      aud: "https://oauth2.googleapis.com/token",
    });
    expect(claims).not.toHaveProperty("sub");
    expect(await account.grantedScopes()).toEqual(new Set([READONLY]));
    account.refused("ya29.access-1");
    expect(await account.accessToken(patience())).toBe("ya29.access-2");
  });

  test("acts as the user the operator names", async () => {
    const { accounts, google } = await serviceAccount("ada@example.org");
    await (await accounts.get()).accessToken(patience());
    expect(claimsOf(google.forms[0]?.assertion)).toMatchObject({ sub: "ada@example.org" });
  });

  test("that Google refuses is told so without its key or what was signed", async () => {
    const { accounts, google } = await serviceAccount("ada@example.org");
    google.refusal = { status: 401, error: "unauthorized_client" };
    const message = await failureOf((await accounts.get()).accessToken(patience()));
    expect(message).toBe(
      "Google refused the credentials (unauthorized_client); check the key, and that domain-wide delegation allows its client the scopes for that user.",
    );
  });

  test.each(["{", "[]", "null", '{"type":"authorized_user"}', '{"type":"service_account"}'])(
    "whose file is %j is named",
    async (file) => {
      const { accounts } = await opened({ "robot.json": file }, (dir) => ({
        googleCredentials: join(dir, "robot.json"),
      }));
      const message = await failureOf((await accounts.get()).accessToken(patience()));
      expect(message).toMatch(
        /^GOOGLE_APPLICATION_CREDENTIALS cannot be used: the file (is|lacks) /,
      );
    },
  );
});

test("application default credentials of a user are renewed by Google's library through our requests", async () => {
  const user = {
    type: "authorized_user",
    client_id: "gcloud",
    client_secret: "GOCSPX-secret-of-the-client",
    refresh_token: "1//adc",
  };
  const { accounts, google } = await opened({ "adc.json": JSON.stringify(user) }, (dir) => ({
    googleCredentials: join(dir, "adc.json"),
  }));
  const account = await accounts.get();
  expect(await account.accessToken(patience())).toBe("ya29.access-1");
  expect(google.forms).toMatchObject([{ grant_type: "refresh_token", refresh_token: "1//adc" }]);
  expect(await account.grantedScopes()).toBeUndefined();
});

test("a machine without default credentials says how to get some, and lists its tools all the same", async () => {
  const { accounts, dir } = await opened({}, () => ({ applicationDefault: true }));
  const { METADATA_SERVER_DETECTION, CLOUDSDK_CONFIG } = process.env;
  Object.assign(process.env, { METADATA_SERVER_DETECTION: "none", CLOUDSDK_CONFIG: dir });
  onTestFinished(() => {
    for (const [name, value] of Object.entries({ METADATA_SERVER_DETECTION, CLOUDSDK_CONFIG })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
  const account = await accounts.get();
  expect(await account.grantedScopes()).toBeUndefined();
  expect(await failureOf(account.accessToken(patience()))).toContain(
    "run gcloud auth application-default login",
  );
});

test("a caller who gives up is not kept waiting", async () => {
  const { accounts } = await opened({ "accounts/default.json": JSON.stringify(ARCHIVED) });
  const account = await accounts.get();
  await expect(account.accessToken(AbortSignal.abort(new Error("enough")))).rejects.toThrow(
    "enough",
  );
});
