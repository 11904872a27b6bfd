import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { call, scratch } from "@portico/testing-servers";
import { expect, onTestFinished, test } from "vitest";
import { binary, openBinary } from "./support/servers.ts";

type Options = Parameters<typeof openBinary>[1];

async function open(args: readonly string[], options: Options = {}) {
  const client = await openBinary(args, options);
  onTestFinished(() => client.close());
  return client;
}

const allowed = (...dirs: string[]) => `Allowed directories:\n${dirs.join("\n")}`;

test("directories come from ALLOWED_PATHS when none are on the command line", async () => {
  const [a, b] = [scratch(), scratch()];
  const client = await open([], { env: { ALLOWED_PATHS: `${a},${b}:ro` } });
  expect(await call(client, "list_allowed_directories")).toBe(allowed(a, `${b} (read-only)`));
  const other = await open([b], { env: { ALLOWED_PATHS: a } });
  expect(await call(other, "list_allowed_directories")).toBe(allowed(b));
});

test("~ is the home directory, on the command line as in a path", async () => {
  const home = scratch({ "notes/a.txt": "at home" });
  const client = await open(["~/notes"], { env: { HOME: home } });
  expect(await call(client, "read_text_file", { path: "~/notes/a.txt" })).toBe("at home");
});

test("a directory that cannot be used is left out with a warning", async () => {
  const dir = scratch({ file: "" });
  const missing = path.join(dir, "missing");
  let log = "";
  const client = await open([missing, path.join(dir, "file"), dir], {
    stderr: (text) => {
      log += text;
    },
  });
  expect(await call(client, "list_allowed_directories")).toBe(allowed(dir));
  expect(log).toContain(`Left out: "${missing}" does not exist`);
  expect(log).toMatch(/Left out: .*is not a directory/);
});

test("a server of which no directory can be used says so and ends with 2", () => {
  const missing = path.join(scratch(), "missing");
  const args = [binary, "--read-only", missing];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    input: "",
    // The correction says how the server was called, which is not how the tests were.
    env: { PATH: process.env.PATH },
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(`None of the directories can be used. "${missing}" does not exist`);
  expect(stderr).toMatch(/^ {2}portico-filesystem --read-only ~\/projects$/m);
  expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
});

test("a server over HTTP wants directories, since its callers could choose any", () => {
  const { status, stderr } = spawnSync(process.execPath, [binary, "--transport=http"], {
    encoding: "utf8",
    // The correction says how the server was called, which is not how the tests were.
    env: { PATH: process.env.PATH },
  });
  expect(status).toBe(2);
  expect(stderr).toContain("could choose any directory; name some.");
  expect(stderr).toContain("portico-filesystem --transport=http ~/projects");
});

test("a server without directories says that it waits for roots, and uses them", async () => {
  const dir = scratch({ f: "x" });
  let log = "";
  const client = await open([], {
    roots: [{ uri: `file://${dir}` }],
    stderr: (text) => {
      log += text;
    },
  });
  expect(await call(client, "read_text_file", { path: "f" })).toBe("x");
  expect(log).toContain("waiting for a client that offers its roots");
});

test("--allow-client-roots and --yes do what they say", async () => {
  const [a, b] = [scratch(), scratch({ f: "" })];
  const roots = [{ uri: `file://${b}` }];
  const client = await open([a, "--allow-client-roots", "--yes"], { roots });
  expect(await call(client, "list_allowed_directories")).toBe(allowed(b));
  await call(client, "delete_file", { path: "f" });
  expect(fs.readdirSync(b)).toEqual([]);
});

test("only the selected tools are offered", async () => {
  const client = await open([scratch(), "--tools", "read_text_file,search_files"]);
  expect((await client.listTools()).map(({ name }) => name)).toEqual([
    "read_text_file",
    "search_files",
  ]);
});
