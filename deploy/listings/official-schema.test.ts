import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { jsonSchema } from "@portico/core";
import { describe, expect, test } from "vitest";
import { SERVERS } from "../containers/servers.ts";
import { LISTINGS } from "./listings.ts";
import { REGISTRY } from "./registry.ts";
import { registryEntry, SCHEMA } from "./registry-entry.ts";

// The official schema comes with the registry's own source, a Go module, which is not part of this repository: the test
// finds it where Go keeps what it has downloaded, and downloads it only where PORTICO_FETCH_SCHEMA is set.
const folder = findModule();

describe.skipIf(folder === undefined)(`the schema in ${REGISTRY}`, () => {
  const [, revision] = /schemas\/([\d-]+)\//.exec(SCHEMA)!;
  const read = () =>
    readFileSync(join(folder!, `internal/validators/schemas/${revision}.json`), "utf8");
  const complaints = async (entry: unknown) => {
    const result = await jsonSchema(JSON.parse(read()))["~standard"].validate(entry);
    return result.issues ?? [];
  };

  test("is the current one, under the name that our entries have for it", () => {
    expect(JSON.parse(read()).$id).toBe(SCHEMA);
    const constants = readFileSync(join(folder!, "pkg/model/constants.go"), "utf8");
    expect(constants).toContain(`CurrentSchemaVersion = "${revision}"`);
  });

  test.each(SERVERS)("allows the entry of $name", async ({ name }) => {
    const file = join(import.meta.dirname, "../../servers", name, "server.json");
    await expect(complaints(JSON.parse(readFileSync(file, "utf8")))).resolves.toEqual([]);
  });

  test.each([
    ["a name without a namespace", { name: "memory" }],
    ["a long description", { description: "x".repeat(101) }],
    ["a package without a transport", { packages: [{ registryType: "npm", identifier: "x" }] }],
    ["an argument of no kind", { packages: [withArgument({ description: "What it may see." })] }],
  ])("would refuse %s", async (_, change) => {
    const entry = registryEntry(SERVERS[0]!, LISTINGS[SERVERS[0]!.name]!);
    await expect(complaints({ ...entry, ...change })).resolves.not.toEqual([]);
  });
});

function withArgument(argument: object): object {
  const transport = { type: "stdio" };
  return { registryType: "npm", identifier: "x", transport, packageArguments: [argument] };
}

function findModule(): string | undefined {
  const proxy = process.env.PORTICO_FETCH_SCHEMA === undefined ? { GOPROXY: "off" } : {};
  const env = { ...process.env, ...proxy };
  const found = spawnSync("go", ["mod", "download", "-json", REGISTRY], { env, encoding: "utf8" });
  if (found.status === 0) return JSON.parse(found.stdout).Dir;
  if (process.env.PORTICO_FETCH_SCHEMA) throw new Error(`Go does not find it: ${found.stdout}`);
}
