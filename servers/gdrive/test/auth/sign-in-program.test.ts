import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { scratch } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { CLIENT_SECRET, fakeGoogle } from "./fake-google.ts";

const PROGRAM = join(import.meta.dirname, "sign-in-program.ts");
const KEY = Buffer.alloc(32, 9).toString("base64");

/** Runs the command to its end as a user without a desktop, who opens the address it prints. */
async function runAuth(args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ["--conditions=portico-source", PROGRAM, "auth", ...args], {
    env: { PATH: "", ...env },
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
      void fetch(address);
    });
  }
  const [code] = await once(child, "close");
  return { code, printed };
}

test("auth signs in, ends with 0 and prints no secret, nor does the disk show one", async () => {
  const google = await fakeGoogle();
  const dir = scratch({ "keys.json": google.keys() });
  const { code, printed } = await runAuth(["--account=work", "--read-only"], {
    GDRIVE_OAUTH_PATH: join(dir, "keys.json"),
    GDRIVE_ACCOUNTS_DIR: join(dir, "accounts"),
    GDRIVE_TOKEN_KEY: KEY,
  });
  expect({ code, printed }).toMatchObject({
    code: 0,
    printed: expect.stringContaining('The account "work" is signed in'),
  });
  expect(google.pages[0]?.get("scope")).toBe("https://www.googleapis.com/auth/drive.readonly");
  const kept = readFileSync(join(dir, "accounts", "work.json"), "utf8");
  const verifier = google.forms[0]?.code_verifier ?? "";
  expect(verifier).toMatch(/^[\w-]{43}$/);
  for (const secret of [CLIENT_SECRET, "ya29.", "1//refresh", "4/code", KEY, verifier]) {
    expect(printed).not.toContain(secret);
    expect(kept).not.toContain(secret);
  }
});

test("auth that fails ends with 2 and says what to do, without a secret", async () => {
  const google = await fakeGoogle();
  google.refusal = { status: 401, error: "invalid_client" };
  const dir = scratch({ "keys.json": google.keys() });
  const { code, printed } = await runAuth([], {
    GDRIVE_OAUTH_PATH: join(dir, "keys.json"),
    GDRIVE_ACCOUNTS_DIR: join(dir, "accounts"),
  });
  expect(code).toBe(2);
  expect(printed).toMatch(/refused a token with invalid_client \(Bad\.\); check the client's id/);
  expect(printed).not.toMatch(/GOCSPX|4\/code|\n\s+at /);
});

test.each([
  [{ HOME: "/nowhere" }, /No OAuth client is set: .* set GDRIVE_OAUTH_PATH/],
  [{ GDRIVE_ACCESS_TOKEN: "two\ns3cret lines" }, /--access-token is no token/],
  [{ GDRIVE_TOKEN_KEY: "too-short" }, /must be 32 bytes in base64 or hexadecimal/],
  [{ GDRIVE_TOKEN_KEY_FILE: "/nowhere/key" }, /key for tokens cannot be read \(ENOENT\)/],
])("auth with %j says what is missing", async (env, sentence) => {
  const { code, printed } = await runAuth([], env);
  expect(code).toBe(2);
  expect(printed).toMatch(sentence);
  expect(printed).not.toMatch(/too-short|s3cret/);
});
