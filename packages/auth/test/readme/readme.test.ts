import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineServer, s, text, tool } from "@portico/core";
import { expect, test } from "vitest";
import { startIssuer } from "../server/issuer.ts";
import { post } from "../server/protected.ts";
import { start } from "./protect.ts";

test("the README shows a program that runs and protects its server", async () => {
  const read = (name: string) => readFileSync(join(import.meta.dirname, name), "utf8");
  expect(read("../../README.md")).toContain(`\`\`\`ts\n${read("protect.ts")}\`\`\``);

  const named = (name: string) =>
    tool({ name, description: name, input: s.object({}), run: () => text(name) });
  const tools = ["read_file", "write_file", "reset"].map(named);
  const files = defineServer({ name: "files", version: "1.0.0", tools });
  await using issuer = await startIssuer("https://mcp.example.com/mcp");
  const server = await start(files, issuer.issuer);
  try {
    const token = await issuer.sign({ scope: "files:read", tenant: "acme" });
    const ask = (name: string, headers = {}) => post(server.url, headers, name);
    const signed = { authorization: `Bearer ${token}` };
    expect((await ask("read_file")).status).toBe(401);
    expect(await (await ask("read_file", signed)).text()).toContain('"text":"read_file"');
    expect((await ask("write_file", signed)).status).toBe(403);
    expect(await (await ask("reset", signed)).text()).toContain("Unknown tool: reset");
  } finally {
    await server.close();
  }
});
