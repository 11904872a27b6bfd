import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";

// The tour drives the built server, as somebody does who has just cloned the repository.

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "portico-tour-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
});

function tour(...args: string[]) {
  const env = { ...process.env, INIT_CWD: dir };
  const script = join(import.meta.dirname, "start.ts");
  return spawnSync(process.execPath, [script, ...args], { env, encoding: "utf8" });
}

/** The host entry at the end of what the tour printed. */
function entryIn(stdout: string): { command: string; args: string[] } {
  return JSON.parse(stdout.slice(stdout.lastIndexOf("\n{"))).mcpServers.filesystem;
}

test("the tour lists the tools, reads a file, searches and shows a host entry", () => {
  writeFileSync(join(dir, "README.md"), "# Harbour\n\nShips come in.\n");
  const { status, stdout, stderr } = tour(".");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("list_allowed_directories");
  expect(stdout).toContain("# read_text_file: the first lines of README.md\n# Harbour");
  expect(stdout).toContain(`# search_file_contents: Harbour\n${join(dir, "README.md")}:1:`);
  const { command, args } = entryIn(stdout);
  expect(args.at(-1)).toBe(dir);
  expect(spawnSync(command, [args[0] as string, "--version"]).status).toBe(0);
});

test("a directory without text ends with the host entry, too", () => {
  const { status, stdout } = tour(dir);
  expect(status).toBe(0);
  expect(stdout).toContain("There is no text here to read yet");
  expect(entryIn(stdout).args.at(-1)).toBe(dir);
});

test("what is no directory is answered with one sentence", () => {
  const { status, stdout, stderr } = tour("missing");
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toBe(
    `"${join(dir, "missing")}" is not a directory; name one that is: pnpm start DIR\n`,
  );
});
