import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { fileStore, oauth } from "../../src/client/index.ts";
import { authority } from "./authority.ts";
import { person } from "./person.ts";
import { call, resourceServer } from "./resource-server.ts";

test("what a client keeps lets the next run go on, and tells nobody who reads the disk", async () => {
  const folder = await mkdtemp(join(tmpdir(), "portico-at-rest-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const granter = await authority({
    metadata: { dpop_signing_alg_values_supported: ["ES256"] },
    token: (_, count) => ({
      json: { access_token: `access-${count}`, refresh_token: "refresh", token_type: "DPoP" },
    }),
    register: (asked) => ({
      status: 201,
      json: { ...asked, client_id: "the-client", client_secret: "the-secret" },
    }),
  });
  const server = await resourceServer({ issuers: () => [granter.issuer], challenge: "DPoP" });
  const run = () =>
    call(oauth({ server: server.url, grant: person(), store: fileStore({ folder }) }), server.url);

  expect(await run()).toBe(200);
  const requests = granter.seen.length;
  expect(await run()).toBe(200);
  expect(granter.seen).toHaveLength(requests);

  const names = await readdir(folder);
  const bytes = await Promise.all(names.map((name) => readFile(join(folder, name), "latin1")));
  expect(names.length).toBeGreaterThan(3);
  expect([...names, ...bytes].join()).not.toMatch(/access-1|refresh|the-client|the-secret|127\.0/);
});
