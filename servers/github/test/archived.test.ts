import { createRequire } from "node:module";
import path from "node:path";
import type { Tool } from "@portico/core";
import { openStdio, textOf } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { selectionOf } from "../src/selection.ts";
import { open } from "./support/servers.ts";

type Json = Readonly<Record<string, unknown>>;

/** Arguments a caller of the archived server would send: all there are, of the right kind. */
function sample(schema: Json): unknown {
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if (Array.isArray(schema.anyOf)) return sample(schema.anyOf[0]);
  if (schema.type === "object") {
    const members = Object.entries((schema.properties ?? {}) as Readonly<Record<string, Json>>);
    return Object.fromEntries(members.map(([name, member]) => [name, sampleOf(name, member)]));
  }
  if (schema.type === "array") return [sample(schema.items as Json)];
  return { number: 1, integer: 1, boolean: false }[schema.type as string] ?? "main";
}

/** Some texts have a form that no schema tells of. */
function sampleOf(name: string, schema: Json): unknown {
  if (name === "since") return "2025-01-01T00:00:00Z";
  return sample(schema);
}

async function archivedTools(): Promise<readonly Tool[]> {
  const name = "@modelcontextprotocol/server-github/package.json";
  const manifest = createRequire(import.meta.url).resolve(name);
  const client = await openStdio([path.join(path.dirname(manifest), "dist/index.js")], {
    era: "legacy",
  });
  return client.listTools();
}

test("every call of the archived server is understood, by its name and with its arguments", async () => {
  const archived = await archivedTools();
  expect(archived).toHaveLength(26);
  const { client, github } = await open({
    settings: { selection: selectionOf({}), isUnattended: true },
  });
  for (const { name, inputSchema } of archived) {
    const before = github.requests.length;
    const said = textOf(await client.callTool(name, sample(inputSchema as Json) as object));
    expect([name, said]).not.toEqual([
      name,
      expect.stringMatching(/Invalid arguments|unexpectedly/),
    ]);
    expect([name, github.requests.length > before]).toEqual([name, true]);
  }
});
