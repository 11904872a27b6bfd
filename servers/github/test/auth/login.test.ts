import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { scratch } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { CLIENT_SECRET, type FakeSignInOptions, fakeSignIn } from "./fake-sign-in.ts";

const PROGRAM = join(import.meta.dirname, "login-program.ts");
const KEY = Buffer.alloc(32, 9).toString("hex");

/** Runs the command to its end as a user without a desktop, who opens the address it prints. */
async function login(env: Readonly<Record<string, string>>, options?: FakeSignInOptions) {
  const github = await fakeSignIn(options);
  const dir = scratch();
  const child = spawn(process.execPath, ["--conditions=portico-source", PROGRAM, "login"], {
    env: {
      PATH: "",
      GITHUB_HOST: github.addresses.pages,
      GITHUB_ACCOUNTS_DIR: dir,
      GITHUB_OAUTH_CLIENT_ID: "Iv23client",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  let isVisited = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      const [, address] = /^ {2}(http\S+)\n/m.exec(printed) ?? [];
      if (address === undefined || isVisited) return;
      isVisited = true;
      void arrive(address);
    });
  }
  const [code] = await once(child, "close");
  return { code, printed, dir, github };
}

/** Goes where the page sends its user. A browser finds localhost where it listens, whatever its first address is. */
async function arrive(address: string): Promise<void> {
  const { headers } = await fetch(address, { redirect: "manual" });
  const { createConnection } = await import("node:net");
  const back = new URL(headers.get("location") ?? "");
  const socket = createConnection(Number(back.port), "127.0.0.1");
  socket.end(`GET ${back.pathname}${back.search} HTTP/1.1\r\nHost: ${back.host}\r\n\r\n`);
  socket.resume();
}

const kept = (dir: string, account = "default") =>
  readFileSync(join(dir, `${account}.json`), "utf8");

describe("with the client's secret", () => {
  test("a browser of this machine signs in with PKCE, and the token is its owner's alone", async () => {
    const { code, printed, dir, github } = await login({
      GITHUB_OAUTH_CLIENT_SECRET: CLIENT_SECRET,
    });
    expect({ code, printed }).toMatchObject({
      code: 0,
      printed: expect.stringContaining('The account "default" is signed in'),
    });
    expect(Object.fromEntries(github.pages[0] ?? [])).toMatchObject({
      client_id: "Iv23client",
      code_challenge_method: "S256",
      scope: "repo read:org gist notifications project workflow",
      redirect_uri: expect.stringMatching(/^http:\/\/localhost:\d+\/callback$/),
    });
    expect(JSON.parse(kept(dir))).toMatchObject({ access_token: "gho_access-1" });
    if (process.platform !== "win32") {
      expect(statSync(join(dir, "default.json")).mode & 0o777).toBe(0o600);
    }
  });

  test("nothing secret is printed, nor on the disk where there is a key", async () => {
    const env = {
      GITHUB_OAUTH_CLIENT_SECRET: CLIENT_SECRET,
      GITHUB_TOKEN_KEY: KEY,
      GITHUB_ACCOUNT: "work",
    };
    const { printed, dir, github } = await login(env, { expires: true });
    const verifier = github.forms[0]?.code_verifier ?? "";
    expect(verifier).toMatch(/^[\w-]{43}$/);
    for (const secret of [CLIENT_SECRET, "gho_", "ghr_", "code-1", KEY, verifier]) {
      expect(printed).not.toContain(secret);
      expect(kept(dir, "work")).not.toContain(secret);
    }
  });
});

describe("without a secret", () => {
  test("a code is shown to type on any device, and asked for until it was", async () => {
    const { code, printed, dir, github } = await login(
      { GITHUB_OAUTH_SCOPES: "repo,gist" },
      { refusals: ["authorization_pending", "authorization_pending"] },
    );
    expect(code).toBe(0);
    expect(printed).toContain(
      `Open ${github.addresses.pages}/login/device on any device and type this code:\n\n  WDJB-MJHT\n`,
    );
    expect(printed).not.toMatch(/device-secret|gho_/);
    expect(github.forms[0]).toEqual({ client_id: "Iv23client", scope: "repo gist" });
    expect(github.forms).toHaveLength(4);
    expect(JSON.parse(kept(dir))).toMatchObject({
      access_token: "gho_access-1",
      scope: "repo gist",
    });
  });

  test.each(["access_denied", "expired_token", "device_flow_disabled"])(
    "%s ends it with 2, and nothing is kept",
    async (refusal) => {
      const { code, printed, dir } = await login({}, { refusals: [refusal] });
      expect(code).toBe(2);
      expect(printed).toContain(`refused a token with ${refusal}`);
      expect(printed).not.toMatch(/device-secret|\n\s+at /);
      expect(() => kept(dir)).toThrow("ENOENT");
    },
  );
});

test.each([
  [
    { GITHUB_OAUTH_CLIENT_ID: "" },
    /No OAuth client is set: register .* set GITHUB_OAUTH_CLIENT_ID/,
  ],
  [{ GITHUB_TOKEN_KEY: "too-short" }, /must be 32 bytes in base64 or hexadecimal/],
  [{ GITHUB_TOKEN: "two s3cret words" }, /--personal-access-token must give one token/],
  [{ GITHUB_TOKEN_FILE: "/nowhere/token" }, /file of --token-file cannot be read \(ENOENT\)/],
  [{ GITHUB_ACCOUNTS: "/nowhere/accounts" }, /file of --accounts cannot be read \(ENOENT\)/],
  [{ GITHUB_APP_ID: "1" }, /The GitHub App has no private key/],
  [
    { GITHUB_APP_ID: "1", GITHUB_APP_PRIVATE_KEY: "x", GITHUB_APP_INSTALLATION_ID: "y" },
    /is a number/,
  ],
])("settings that do not fit end it with 2 and say so: %j", async (env, sentence) => {
  const { code, printed } = await login(env);
  expect(code).toBe(2);
  expect(printed).toMatch(sentence);
  expect(printed).not.toMatch(/too-short|s3cret/);
});

test("who signs in though a token comes first is told so", async () => {
  const { code, printed } = await login({ GITHUB_TOKEN: "ghp_first" });
  expect(code).toBe(0);
  expect(printed).toContain("is used before the sign-in: remove it");
  expect(printed).not.toContain("ghp_first");
});

test("a wrong line in the file of accounts is shown as it should be", async () => {
  const dir = scratch({ "accounts.json": '{"octo-org": {"token": "ghp_secret"}}' });
  const { code, printed } = await login({ GITHUB_ACCOUNTS: join(dir, "accounts.json") });
  expect(code).toBe(2);
  expect(printed).toContain('"octo-org": {"token-file":"PATH"}');
  expect(printed).not.toContain("ghp_secret");
});
