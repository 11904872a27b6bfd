import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineServer, REVISIONS } from "@portico/core";
import { describe, expect, test } from "vitest";
import { folders, pairs, programs } from "./folders.ts";
import { meet } from "./meet.ts";
import { loadPair, type Place, type TransportName } from "./pair.ts";

const OLDEST = REVISIONS[0];

// HTTP has its sessions and streams since 2025-03-26; before, it was HTTP+SSE.
const places: readonly Place[] = REVISIONS.flatMap((revision) => {
  const http: TransportName = revision === OLDEST ? "HTTP+SSE" : "HTTP";
  const transports = ["memory", "stdio", http, "WebSocket"] as const;
  return transports.map((transport) => ({ revision, transport }));
});

const inProcess = places.filter(({ transport }) => transport !== "stdio");

describe.each(pairs)("%s", (name) => {
  test.for(places)(
    "does what its client expects on $revision over $transport",
    async (place, { skip }) => {
      const pair = await loadPair(name);
      const reason = pair.clientHalf.unless?.(place);
      skip(reason !== undefined, reason);
      await expect(meet(pair, place)).resolves.toBeUndefined();
    },
  );

  test("has a client that is not content with a server that does nothing", async () => {
    const pair = await loadPair(name);
    const place = inProcess.find((place) => pair.clientHalf.unless?.(place) === undefined);
    expect(place).toBeDefined();
    const server = defineServer({ name: "idle", version: "1.0.0" });
    await expect(meet({ ...pair, serverHalf: { server } }, place!)).rejects.toThrow();
  });

  test("is a server that says what it teaches, a client, and nothing else", () => {
    const folder = join(import.meta.dirname, name);
    expect(readdirSync(folder).sort()).toEqual(["client.ts", "server.ts"]);
    const server = readFileSync(join(folder, "server.ts"), "utf8");
    expect(server).toMatch(/^\/\/ .*\n\/\/ .*\n[^/]/);
    expect(server.split("\n").length).toBeLessThanOrEqual(60);
  });
});

test("every example is a pair or has a page, and the list of examples has it", () => {
  const list = readFileSync(join(import.meta.dirname, "README.md"), "utf8");
  const known = [...pairs, ...programs].filter((folder) => list.includes(`(${folder})`));
  expect(folders.filter((folder) => !known.includes(folder))).toEqual([]);
});
