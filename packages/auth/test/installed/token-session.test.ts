import { execFile, spawnSync } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import {
  isSignedOut,
  memoryTokens,
  type SavedTokens,
  type TokenStore,
  tokenFile,
  tokenSession,
} from "../../src/installed/index.ts";
import { rotatingService } from "./rotating-service.ts";

const ENDED: SavedTokens = { accessToken: "access-0", refreshToken: "refresh-0", renewAt: 1 };
const patience = () => AbortSignal.timeout(10_000);

async function scratchFile(name = "tokens.json") {
  const folder = await mkdtemp(join(tmpdir(), "portico-tokens-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, name);
}

async function signedIn(store?: TokenStore) {
  const path = await scratchFile();
  const kept = store ?? tokenFile(path);
  await kept.write(ENDED);
  const service = await rotatingService();
  const warnings: string[] = [];
  const session = tokenSession({
    store: kept,
    renewal: async () => service.renewal,
    warn: (sentence) => warnings.push(sentence),
  });
  return { path, service, session, warnings, store: kept };
}

test("of many callers at once one renews the token, and all get the new one", async () => {
  const { session, service } = await signedIn();
  const tokens = await Promise.all(
    Array.from({ length: 20 }, () => session.accessToken(patience())),
  );
  expect(new Set(tokens)).toEqual(new Set(["access-1"]));
  expect(service.tokenRequests()).toEqual([
    {
      grant_type: "refresh_token",
      refresh_token: "refresh-0",
      client_id: "desk",
      client_secret: "secret-of-desk",
    },
  ]);
});

test("a refresh token that comes with the new token takes the place of the old one", async () => {
  const { session, service, store } = await signedIn();
  await session.accessToken(patience());
  expect(await store.read()).toMatchObject({
    refreshToken: "refresh-1",
    scopes: ["read", "write"],
  });
  session.refused("access-1");
  expect(await session.accessToken(patience())).toBe("access-2");
  expect(service.tokenRequests().map(({ refresh_token }) => refresh_token)).toEqual([
    "refresh-0",
    "refresh-1",
  ]);
});

test("a refresh token that does not come again stays", async () => {
  const { session, service, store } = await signedIn();
  service.answer = { json: { access_token: "next", token_type: "Bearer", expires_in: 60 } };
  expect(await session.accessToken(patience())).toBe("next");
  expect(await store.read()).toMatchObject({ accessToken: "next", refreshToken: "refresh-0" });
});

test("several processes that renew at once use each refresh token once", async () => {
  const { path, service } = await signedIn();
  const program = join(import.meta.dirname, "another-process.ts");
  const args = ["--conditions=portico-source", program, path, service.renewal.server.tokenEndpoint];
  const run = () => promisify(execFile)(process.execPath, args);
  const ended = await Promise.all([run(), run(), run()]);
  expect(ended.map(({ stdout }) => stdout)).toEqual(Array(3).fill("access-1\n"));
  expect(service.tokenRequests()).toHaveLength(1);
  expect(await readdir(join(path, ".."))).toEqual(["tokens.json"]);
});

test("what another process renewed is used, without asking again", async () => {
  const { session, service, store } = await signedIn();
  await store.write({ accessToken: "of-another", refreshToken: "refresh-9" });
  expect(await session.accessToken(patience())).toBe("of-another");
  expect(service.tokenRequests()).toEqual([]);
});

describe("a lock whose holder died is broken:", () => {
  test("of this machine at once", async () => {
    const { path, session } = await signedIn();
    const { pid } = spawnSync(process.execPath, ["--version"]);
    await writeFile(`${path}.lock`, `${pid} ${hostname()}`);
    expect(await session.accessToken(patience())).toBe("access-1");
  });

  test("of another after a while", async () => {
    const { path, session } = await signedIn();
    await writeFile(`${path}.lock`, "1 elsewhere");
    await expect(session.accessToken(AbortSignal.timeout(200))).rejects.toThrow("timeout");
    await utimes(`${path}.lock`, 1, 1);
    expect(await session.accessToken(patience())).toBe("access-1");
  });
});

test("who signs in again is seen in a moment, and a file that is damaged meanwhile no matter", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const { path, session, store } = await signedIn();
  await store.write({ accessToken: "first", scopes: ["read"] });
  expect(await session.accessToken(patience())).toBe("first");
  await store.write({ accessToken: "second", scopes: ["read", "write"] });
  vi.advanceTimersByTime(5_000);
  expect(await session.accessToken(patience())).toBe("second");
  expect(await session.scopes()).toEqual(["read", "write"]);
  await writeFile(path, "damaged");
  vi.advanceTimersByTime(5_000);
  expect(await session.accessToken(patience())).toBe("second");
});

test("where the new token cannot be written down, the next renewal uses the new refresh token all the same", async () => {
  const store = { ...memoryTokens(ENDED), write: () => Promise.reject(new Error("full")) };
  const service = await rotatingService();
  const warnings: string[] = [];
  const session = tokenSession({
    store,
    renewal: async () => service.renewal,
    warn: (sentence) => warnings.push(sentence),
  });
  expect(await session.accessToken(patience())).toBe("access-1");
  session.refused("access-1");
  expect(await session.accessToken(patience())).toBe("access-2");
  expect(warnings[0]).toBe("The renewed token could not be written down (Error).");
});

test("a caller who gives up leaves the renewal to the others, and its refresh token is not lost", async () => {
  const { session, store } = await signedIn();
  const giveUp = new AbortController();
  const left = session.accessToken(giveUp.signal);
  const stayed = session.accessToken(patience());
  giveUp.abort(new Error("enough"));
  await expect(left).rejects.toThrow("enough");
  expect(await stayed).toBe("access-1");
  expect(await store.read()).toMatchObject({ refreshToken: "refresh-1" });
});

describe("who is signed out is told so, without a secret:", () => {
  test.each([
    ["invalid_grant", 400],
    ["bad_refresh_token", 200],
  ])("%s", async (error, status) => {
    const { session, service } = await signedIn();
    const error_description = "refresh-0 of secret-of-desk is no good";
    service.answer = { status, json: { error, error_description } };
    const failure: unknown = await session.accessToken(patience()).catch((reason) => reason);
    expect(isSignedOut(failure)).toBe(true);
    expect(String(failure)).toContain("[secret] of [secret] is no good");
    expect(String(failure)).not.toMatch(/refresh-0|secret-of-desk/);
  });

  test("an access token that ended without a refresh token", async () => {
    const { session, store } = await signedIn();
    await store.write({ accessToken: "access-0", renewAt: 1 });
    const failure: unknown = await session.accessToken(patience()).catch((reason) => reason);
    expect(isSignedOut(failure)).toBe(true);
  });
});

test("who is not known to be signed in has no token", async () => {
  const session = tokenSession({
    store: tokenFile(await scratchFile()),
    renewal: () => Promise.reject(new Error("not asked")),
    warn: () => {},
  });
  expect(await session.accessToken(patience())).toBeUndefined();
  expect(await session.scopes()).toBeUndefined();
});

test("an outage is no sign-out, and the next call tries again", async () => {
  const { session, service } = await signedIn(memoryTokens(ENDED));
  service.answer = { status: 500, json: {} };
  const failure: unknown = await session.accessToken(patience()).catch((reason) => reason);
  expect(isSignedOut(failure)).toBe(false);
  expect(String(failure)).toContain("status 500");
  service.answer = undefined;
  expect(await session.accessToken(patience())).toBe("access-1");
});

// Windows has no file modes, and root may write anywhere.
const hasModes = process.platform !== "win32" && process.getuid?.() !== 0;

test.skipIf(!hasModes)(
  "in a folder that cannot be written the new token is used, with a warning",
  async () => {
    const { path, session, warnings } = await signedIn();
    await chmod(join(path, ".."), 0o500);
    onTestFinished(() => chmod(join(path, ".."), 0o700));
    expect(await session.accessToken(patience())).toBe("access-1");
    expect(warnings).toEqual(["The renewed token could not be written down (EACCES)."]);
  },
);

describe("a token file", () => {
  const key = new Uint8Array(32).fill(7);

  // Windows has no file modes.
  test.skipIf(process.platform === "win32")(
    "is its owner's only, also where it was not",
    async () => {
      const path = await scratchFile("new/tokens.json");
      await tokenFile(path).write(ENDED);
      await chmod(path, 0o644);
      await tokenFile(path).write(ENDED);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect((await stat(join(path, ".."))).mode & 0o777).toBe(0o700);
    },
  );

  test("of many writers at once is one of them, whole", async () => {
    const path = await scratchFile();
    const tokens = Array.from({ length: 20 }, (_, index) => `access-${index}`);
    await Promise.all(tokens.map((accessToken) => tokenFile(path).write({ accessToken })));
    expect(tokens).toContain((await tokenFile(path).read())?.accessToken);
    expect(await readdir(join(path, ".."))).toEqual(["tokens.json"]);
  });

  test("with a key cannot be read without it, nor with another", async () => {
    const path = await scratchFile();
    await tokenFile(path, key).write(ENDED);
    expect(await readFile(path, "utf8")).not.toMatch(/access|refresh/);
    expect(await tokenFile(path, key).read()).toMatchObject(ENDED);
    await expect(tokenFile(path).read()).rejects.toThrow("is encrypted");
    const other = tokenFile(path, new Uint8Array(32).fill(8)).read();
    await expect(other).rejects.toThrow("another key");
  });

  test("written without a key is read with one, and encrypted from the next renewal on", async () => {
    const path = await scratchFile();
    await tokenFile(path).write(ENDED);
    const { session } = await signedIn(tokenFile(path, key));
    await session.accessToken(patience());
    expect(await readFile(path, "utf8")).toMatch(/^\{"sealed":"[\w+/=]+"\}\n$/);
  });

  test.each(["", "{", "[]", "{}", '{"access_token":3}', "null"])(
    "that holds %j is named, with what to do",
    async (content) => {
      const path = await scratchFile();
      await writeFile(path, content);
      await expect(tokenFile(path).read()).rejects.toThrow(
        "The file tokens.json holds no token; delete it and sign in again.",
      );
    },
  );
});
