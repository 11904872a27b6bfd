import fs from "node:fs";
import { connect, httpClient } from "@portico/core";
import { call, codeBlocks, listen, scratch, structured } from "@portico/testing-servers";
import { expect, onTestFinished, test } from "vitest";
import { generated, readmePath } from "./support/readme.ts";
import { binary, openBinary } from "./support/servers.ts";

const readme = fs.readFileSync(readmePath, "utf8");

const blocks = (language: string) => codeBlocks(readme, language);

test("the README has the tools and differences of the code", async () => {
  expect(readme).toBe(await generated(readme));
});

test("the host entry of the README starts a server that allows those directories", async () => {
  const home = scratch({ projects: null, notes: null });
  const { mcpServers } = JSON.parse(blocks("json")[0] as string);
  const [flag, name, ...args] = mcpServers.filesystem.args;
  expect([mcpServers.filesystem.command, flag, name]).toEqual([
    "npx",
    "-y",
    "@portico/server-filesystem",
  ]);
  const client = await openBinary(args, { env: { HOME: home } });
  onTestFinished(() => client.close());
  expect(await call(client, "list_allowed_directories")).toBe(
    `Allowed directories:\n${home}/projects\n${home}/notes (read-only)`,
  );
});

test("the server of the README for the network is where its host entry says", async () => {
  const home = scratch({ projects: null });
  const command = (blocks("sh")[0] as string).trim().replace("3000", "0").split(" ");
  expect(command.slice(0, 2)).toEqual(["npx", "@portico/server-filesystem"]);
  const server = await listen([binary, ...command.slice(2)], { HOME: home });
  onTestFinished(async () => void (await server.stop()));
  const entry = JSON.parse((blocks("json")[1] as string).replace("3000", new URL(server.url).port));
  expect(entry.mcpServers.filesystem).toEqual({ type: "http", url: server.url });
  const client = await connect(httpClient(server.url), {
    clientInfo: { name: "test", version: "1.0.0" },
  });
  onTestFinished(() => client.close());
  expect(await call(client, "list_allowed_directories")).toContain(`${home}/projects`);
});

test("the configuration file of the README is understood", async () => {
  const home = scratch({ projects: null, notes: null, "config.json": blocks("json")[2] as string });
  const client = await openBinary(["--config", `${home}/config.json`], { env: { HOME: home } });
  onTestFinished(() => client.close());
  expect((await client.listTools()).map(({ name }) => name)).not.toContain("write_file");
  expect(await call(client, "list_allowed_directories")).toContain(`${home}/notes (read-only)`);
});

test("the calls of the README work one after the other", async () => {
  const home = scratch({ "projects/shop/cart.ts": "a\nlet x = total(1);\nb\n" });
  const client = await openBinary(["~/projects"], { env: { HOME: home } });
  onTestFinished(() => client.close());
  const [search, edit, undo] = JSON.parse(
    `[${(blocks("jsonc")[0] as string).trim().replaceAll(/\n\s*\n/g, ",")}]`,
  );
  const cart = `${home}/projects/shop/cart.ts`;
  expect(await call(client, search.name, search.arguments)).toBe(
    [`${cart}-1-a`, `${cart}:2:let x = total(1);`, `${cart}-3-b`].join("\n"),
  );
  const { hash } = await structured(client, "read_text_file", { path: cart });
  expect(edit.arguments.expectedHash).toMatch(/^[0-9a-f]{12}$/);
  const expectedHash = (hash as string).slice(0, 12);
  await call(client, edit.name, { ...edit.arguments, expectedHash });
  expect(fs.readFileSync(cart, "utf8")).toContain("sum(1)");
  await call(client, undo.name, undo.arguments);
  expect(fs.readFileSync(cart, "utf8")).toContain("total(1)");
});

test("the settings of the README are those of the program", async () => {
  const { stdout } = await import("node:child_process").then(({ spawnSync }) =>
    spawnSync(process.execPath, [binary, "--help"], { encoding: "utf8" }),
  );
  const [, settings] = readme.split("## Settings");
  const named = new Set(
    settings?.split("## Tools")[0]?.match(/--[a-z][a-z-]+|PORTICO_[A-Z_]+|ALLOWED_PATHS/g),
  );
  expect(named.size).toBeGreaterThan(14);
  for (const name of named) expect(stdout).toContain(name);
});
