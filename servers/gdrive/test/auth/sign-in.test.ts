import { readFileSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { scratch } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { openAccounts } from "../../src/auth/accounts.ts";
import type { AuthSettings } from "../../src/auth/settings.ts";
import { signInToGoogle } from "../../src/auth/sign-in.ts";
import { CLIENT_SECRET, type FakeGoogleOptions, fakeGoogle } from "./fake-google.ts";

const READONLY = "https://www.googleapis.com/auth/drive.readonly";
const DOCUMENTS = "https://www.googleapis.com/auth/documents";

interface Scene extends FakeGoogleOptions {
  readonly settings?: Partial<AuthSettings>;
  readonly redirectUris?: readonly string[];
  /** Shows the page; by default it is opened as a browser would. */
  readonly show?: (url: URL) => Promise<void>;
}

async function scene({ settings: more, redirectUris, show = visit, ...options }: Scene = {}) {
  const google = await fakeGoogle(options);
  const dir = scratch({ "keys.json": google.keys(redirectUris) });
  const settings: AuthSettings = {
    oauthPath: join(dir, "keys.json"),
    accountsFolder: join(dir, "accounts"),
    account: "default",
    applicationDefault: false,
    scopes: [],
    ...more,
  };
  const said: string[] = [];
  const run = () =>
    signInToGoogle(settings, {
      scopes: [READONLY, DOCUMENTS],
      tell: (line) => said.push(line),
      signal: AbortSignal.timeout(10_000),
      show,
      fetch: google.fetch,
    });
  return { google, dir, settings, said, run };
}

async function visit(url: URL): Promise<void> {
  await fetch(url);
}

/** A browser's GET at the callback, with a Host header of one's choice. */
function get(url: URL, host = url.host) {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; page: string }>();
  const outgoing = request(url, { headers: { host } }, (response) => {
    let page = "";
    response.on("data", (part) => {
      page += part;
    });
    response.on("end", () => resolve({ status: response.statusCode ?? 0, page }));
  });
  outgoing.on("error", reject);
  outgoing.end();
  return promise;
}

const callbackOf = (url: URL) => new URL(url.searchParams.get("redirect_uri") ?? "");

test("who signs in is asked for the scopes alone, with PKCE, and the server has their account from then on", async () => {
  const { google, run, settings, said } = await scene();
  await run();
  expect(Object.fromEntries(google.pages[0] ?? [])).toMatchObject({
    response_type: "code",
    access_type: "offline",
    prompt: "consent",
    scope: `${READONLY} ${DOCUMENTS}`,
    code_challenge_method: "S256",
    redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/callback$/),
  });
  expect(said[0]).toMatch(/^Open this address in a browser/);
  expect(said.at(-1)).toBe('The account "default" is signed in.');
  const accounts = openAccounts(settings, { scopes: [], warn: () => {}, fetch: google.fetch });
  const account = await accounts.get();
  expect(await account.accessToken(AbortSignal.timeout(5_000))).toBe("ya29.access-1");
  expect(await account.grantedScopes()).toEqual(new Set([READONLY, DOCUMENTS]));
});

test("the token is kept for its owner alone, under the account's name", async () => {
  const { run, dir } = await scene({ settings: { account: "ada@work/../x" } });
  await run();
  const file = join(dir, "accounts", "ada%40work%2F..%2Fx.json");
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ refresh_token: "1//refresh-1" });
  if (process.platform === "win32") return;
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(dir, "accounts")).mode & 0o777).toBe(0o700);
});

test("with a key nobody reads the token from the disk", async () => {
  const { run, dir } = await scene({ settings: { tokenKey: new Uint8Array(32).fill(1) } });
  await run();
  const content = readFileSync(join(dir, "accounts", "default.json"), "utf8");
  expect(content).not.toMatch(/ya29|refresh/);
});

test("what the user does not allow is named, and known to the server", async () => {
  const { run, said, settings, google } = await scene({ allows: (scope) => scope !== DOCUMENTS });
  await run();
  expect(said.at(-1)).toBe(
    `These were not allowed, and tools that need them stay hidden: ${DOCUMENTS}`,
  );
  const accounts = openAccounts(settings, { scopes: [], warn: () => {}, fetch: google.fetch });
  expect(await (await accounts.get()).grantedScopes()).toEqual(new Set([READONLY]));
});

test("who signs in though other credentials come first is told so", async () => {
  const { run, said } = await scene({ settings: { googleCredentials: "/nowhere/robot.json" } });
  await run();
  expect(said.at(-1)).toContain("are used before the sign-in: remove them");
  const other = await scene({ settings: { accessToken: "ya29.given", account: "work" } });
  await other.run();
  expect(other.said.at(-1)).toBe('The account "work" is signed in.');
});

test("scopes of the operator's own are asked for in place of the tools'", async () => {
  const { google, run } = await scene({ settings: { scopes: ["drive.file"] } });
  await run();
  expect(google.pages[0]?.get("scope")).toBe("https://www.googleapis.com/auth/drive.file");
});

test("without a desktop the address is printed, and the user opens it", async () => {
  const printed = Promise.withResolvers<URL>();
  const { run, said } = await scene({
    async show(url) {
      printed.resolve(url);
      throw new Error("no desktop");
    },
  });
  const running = run();
  const url = await printed.promise;
  expect(said[0]).toContain(url.href);
  await visit(url);
  await running;
});

describe("the keys of a web application", () => {
  test("bring the user back where the application is registered", async () => {
    const port = await freePort();
    const registered = ["https://app.example/back", `http://localhost:${port}/oauth2callback`];
    const { google, run } = await scene({ redirectUris: registered });
    await run();
    expect(google.pages[0]?.get("redirect_uri")).toBe(registered[1]);
  });

  test("without an address of this machine say which one to add", async () => {
    const { run } = await scene({ redirectUris: ["https://app.example/back"] });
    await expect(run()).rejects.toThrow("add http://127.0.0.1:8765/callback to it");
  });
});

async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("keys that cannot be used are named, without what is in them:", () => {
  test.each([
    ["{", "is no JSON object"],
    ['{"type":"service_account"}', 'has neither "installed" nor "web" keys'],
    [`{"installed":{"client_secret":"${CLIENT_SECRET}"}}`, "has no client_id"],
    ['{"installed":{"client_id":"x","auth_uri":"javascript:alert(1)"}}', "has no safe auth_uri"],
    ['{"installed":{"client_id":"x","token_uri":"http://evil.example"}}', "has no safe token_uri"],
  ])("%s", async (keys, why) => {
    const { run, dir } = await scene();
    writeFileSync(join(dir, "keys.json"), keys);
    const message = await run().catch((error: Error) => error.message);
    expect(message).toContain(why);
    expect(message).not.toMatch(new RegExp(`${CLIENT_SECRET}|javascript|evil|${dir}`));
  });
});

describe("GD4: the callback", () => {
  /** Signs in while `attack` plays with the callback before the user comes back. */
  async function attacked(attack: (callback: URL, state: string) => Promise<void>) {
    const { run, dir } = await scene({
      async show(url) {
        await attack(callbackOf(url), url.searchParams.get("state") ?? "");
        await visit(url);
      },
    });
    await run();
    const saved = JSON.parse(readFileSync(join(dir, "accounts", "default.json"), "utf8"));
    expect(saved).toMatchObject({ access_token: "ya29.access-1" });
  }

  test("takes no code that comes with another state, or without one", async () => {
    await attacked(async (callback) => {
      for (const query of ["code=evil&state=guessed", "code=evil", "state="]) {
        expect(await get(new URL(`?${query}`, callback))).toMatchObject({ status: 404 });
      }
    });
  });

  test("takes nothing that was sent to another host, as after DNS rebinding", async () => {
    await attacked(async (callback, state) => {
      const url = new URL(`?code=evil&state=${state}`, callback);
      expect(await get(url, `evil.example:${callback.port}`)).toMatchObject({ status: 404 });
      expect(await get(url, `localhost:${callback.port}`)).toMatchObject({ status: 404 });
    });
  });

  test("shows nothing of what it was sent, so that a page in it cannot run", async () => {
    await attacked(async (callback) => {
      const evil = "<script>alert(1)</script>";
      const query = new URLSearchParams({ error: evil, error_description: evil, state: evil });
      const { page } = await get(new URL(`?${query}`, callback));
      expect(page).not.toContain("script");
    });
  });

  test("answers one user, and a second one finds nobody", async () => {
    let callback: URL | undefined;
    let state = "";
    const { run } = await scene({
      async show(url) {
        callback = callbackOf(url);
        state = url.searchParams.get("state") ?? "";
        await visit(url);
        const again = get(new URL(`?code=late&state=${state}`, callback)).then(
          ({ status }) => status,
          () => "closed",
        );
        expect([404, "closed"]).toContain(await again);
      },
    });
    await run();
    await expect(get(new URL(`?code=late&state=${state}`, callback))).rejects.toThrow(
      "ECONNREFUSED",
    );
  });

  test("that brings a refusal says so in printable words, and keeps nothing", async () => {
    const { run, dir } = await scene({
      answer: () => ({ error: "access_denied", error_description: "\u001b[2J<b>No</b>" }),
    });
    await expect(run()).rejects.toThrow("Access was denied ([2J<b>No</b>); authorize again");
    expect(() => statSync(join(dir, "accounts"))).toThrow("ENOENT");
  });

  test("with a code Google does not take ends without a token", async () => {
    const { run } = await scene({ answer: () => ({ code: "4/of-somebody-else" }) });
    const message = await run().catch((error: Error) => error.message);
    expect(message).toContain("refused a token with invalid_grant");
    expect(message).not.toMatch(/somebody-else|GOCSPX/);
  });

  test("at a port somebody else has says which", async () => {
    const { createServer } = await import("node:net");
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    const { port: authPort } = taken.address() as { port: number };
    const { run } = await scene({ settings: { authPort } });
    await expect(run()).rejects.toThrow(`Port ${authPort} of 127.0.0.1 is taken`);
    taken.close();
  });

  test("is waited for no longer than the caller wants", async () => {
    const { settings, google } = await scene();
    const giveUp = new AbortController();
    const signingIn = signInToGoogle(settings, {
      scopes: [],
      tell: () => {},
      signal: giveUp.signal,
      show: async () => giveUp.abort(new Error("enough")),
      fetch: google.fetch,
    });
    await expect(signingIn).rejects.toThrow("enough");
  });
});
