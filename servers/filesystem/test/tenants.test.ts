import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Authenticator, type Client, connect, httpClient, REVISIONS } from "@portico/core";
import { serveHttp } from "@portico/core/node";
import { call, refusal, scratch } from "@portico/testing-servers";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Operator, serverOn } from "./support/servers.ts";

/** Believes who a client says it is. */
const authenticator: Authenticator = {
  authenticate: (head) => ({ principal: { id: head.header("x-tenant") ?? "" } }),
  insufficientScope: () => ({ status: 403 }),
};

/** One server on `dir` that everybody reaches by HTTP. */
async function shared(dir: string, operator: Operator = {}, known?: Authenticator) {
  const server = await serverOn([dir], operator);
  const served = await serveHttp(server, { ...(known && { authenticator: known }) });
  onTestFinished(async () => {
    await served.close();
    await server.close();
  });
  return served.url;
}

const project = () => scratch({ "a/in-a": "A", "b/in-b": "B", file: "old" });
const uri = (...parts: string[]) => pathToFileURL(path.join(...parts)).href;

describe.each(REVISIONS)("two tenants of one server, with revision %s", (revision) => {
  const clientInfo = { name: "test", version: "1.0.0" };

  async function open(url: string, tenant: string, root?: string): Promise<Client> {
    const client = await connect(httpClient(url, { headers: { "X-Tenant": tenant } }), {
      clientInfo,
      revision,
      ...(root !== undefined && { roots: [{ uri: root }] }),
    });
    onTestFinished(() => client.close());
    return client;
  }

  test("neither see nor take back what the other changed", async () => {
    const dir = project();
    const url = await shared(dir, { yes: true }, authenticator);
    const [ann, bob] = await Promise.all([open(url, "ann"), open(url, "bob")]);
    await call(ann, "write_file", { path: "file", content: "by Ann" });
    expect(await call(bob, "list_changes")).toBe("No changes yet");
    expect(await refusal(bob, "undo_change", { id: 1 })).toMatch(/no change number 1/);
    await call(bob, "write_file", { path: "other", content: "by Bob" });
    expect(await call(bob, "list_changes")).toMatch(/^1: write .*other at \S+$/);
    // Another client of the same tenant is the same caller.
    expect(await call(await open(url, "ann"), "undo_change")).toMatch(/^Undid 1: write .*file/);
    expect(fs.readFileSync(path.join(dir, "file"), "utf8")).toBe("old");
    expect(await call(ann, "list_changes")).toBe("No changes yet");
  });

  test("never get lists of the directories the other chose", async () => {
    const dir = project();
    const url = await shared(dir, { allowClientRoots: true }, authenticator);
    const ann = await open(url, "ann", uri(dir, "a"));
    const bob = await open(url, "bob", uri(dir, "b"));
    const without = await open(url, "eve");
    await Promise.all([call(ann, "list_changes"), call(bob, "list_changes")]);
    const seen = async (client: Client) =>
      (await client.listResources({ cache: "reload" })).map(({ name }) => name);
    expect(await seen(ann)).toEqual([path.join(dir, "a"), "in-a"]);
    expect(await seen(bob)).toEqual([path.join(dir, "b"), "in-b"]);
    expect(await seen(without)).toEqual([dir, "a", "b", "file"]);
  });
});

// 2026-07-28 has no sessions: there, callers nobody authenticated cannot be told apart.
describe.each(REVISIONS.slice(0, -1))("two sessions of nobody, with revision %s", (revision) => {
  test("have changes of their own", async () => {
    const url = await shared(project(), { yes: true });
    const [one, other] = await Promise.all(
      [1, 2].map(() =>
        connect(httpClient(url), { clientInfo: { name: "test", version: "1" }, revision }),
      ),
    );
    onTestFinished(async () => void (await Promise.all([one?.close(), other?.close()])));
    await call(one as Client, "write_file", { path: "file", content: "new" });
    expect(await call(other as Client, "list_changes")).toBe("No changes yet");
    expect(await call(one as Client, "list_changes")).toMatch(/^1: write/);
  });
});
