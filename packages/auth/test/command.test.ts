import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { staticTokens } from "../src/server/index.ts";

const folder = join(import.meta.dirname, "..");
const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** Runs the published command to its end. */
function run(...args: string[]) {
  const program = join(folder, bin["portico-auth"]);
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) =>
    execFile(process.execPath, [program, ...args], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    ),
  );
}

describe("portico-auth", () => {
  test("makes a token that its line makes a server accept, with its scopes", async () => {
    const { code, stdout, stderr } = await run("new-token", "ada", "files:read", "files:write");
    expect(code).toBe(0);
    const token = stderr.trim();
    expect(stdout).not.toContain(token);
    const verified = await staticTokens(stdout).verify(token, "https://mcp.example.com/mcp");
    expect(verified).toMatchObject({ id: "ada", scopes: ["files:read", "files:write"] });
  });

  test("makes another one each time, for a file of several lines", async () => {
    const made = [await run("new-token", "ada"), await run("new-token", "bob")];
    const verifier = staticTokens(made.map(({ stdout }) => stdout).join(""));
    const owners = made.map(({ stderr }) => verifier.verify(stderr.trim(), "https://x.example"));
    expect(await Promise.all(owners)).toMatchObject([{ id: "ada" }, { id: "bob" }]);
  });

  test("says what is wrong with an id or a scope, and writes no line", async () => {
    for (const words of [["a b"], ["ada", "files read"], ["a#b"], [""]]) {
      const { code, stdout, stderr } = await run("new-token", ...words);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^portico-auth: ".*" must be one word without #\.\n$/);
    }
  });

  test.each([[[]], [["new-token"]], [["revoke", "ada"]]])(
    "explains itself after %j",
    async (args) => {
      const { code, stdout, stderr } = await run(...args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain("portico-auth new-token ID [SCOPE...]");
    },
  );

  test("explains itself when asked to", async () => {
    expect(await run("--help")).toMatchObject({ code: 0, stderr: "" });
  });
});
