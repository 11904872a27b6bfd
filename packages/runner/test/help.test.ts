import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { HostEntry } from "../src/host-entry.ts";
import { runToEnd } from "./server-process.ts";

/** The arguments in the host entry at the end of the help text. */
async function entryArguments(...args: string[]): Promise<readonly string[]> {
  const { stdout } = await runToEnd([...args, "--help"]);
  const entry = JSON.parse(stdout.slice(stdout.indexOf("{\n"))) as HostEntry;
  const { args: shown } = entry.mcpServers.notes!;
  return shown.slice(shown.indexOf("@portico/server-notes") + 1);
}

describe.concurrent("--help", () => {
  it("teaches the whole command line", async ({ expect }) => {
    const { code, stdout, stderr } = await runToEnd(["--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    await expect(stdout).toMatchFileSnapshot("help.txt");
  });

  it("puts the user's own arguments into the host entry, with whole paths", async () => {
    expect(await entryArguments("notes", "~/work", "--read-only", "--config=c.json")).toEqual([
      resolve("notes"),
      "~/work",
      "--read-only",
      `--config=${resolve("c.json")}`,
    ]);
  });

  it("falls back to the example when the arguments are wrong or have no positional", async () => {
    expect(await entryArguments("--frobnicate")).toEqual(["/path/to/notes"]);
    expect(await entryArguments("--page-size", "5")).toEqual([
      "--page-size",
      "5",
      "/path/to/notes",
    ]);
  });
});

describe.concurrent("--version", () => {
  it("prints the version alone", async () => {
    const { code, stdout, stderr } = await runToEnd(["--frobnicate", "--version"]);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "1.2.3\n", stderr: "" });
  });
});
