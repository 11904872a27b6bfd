import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { REVISIONS, type Revision } from "@portico/core";
import { connect } from "@portico/core/testing";
import { call, refusal, scratch } from "@portico/testing-servers";
import { describe, expect, onTestFinished, test } from "vitest";
import { clientOn, type Operator, serverOn } from "./support/servers.ts";

const uri = (dir: string) => pathToFileURL(dir).href;
const roots = (...uris: string[]) => ({ roots: uris.map((uri) => ({ uri })) });
const allowed = (...dirs: string[]) => `Allowed directories:\n${dirs.join("\n")}`;

function project(): { top: string; a: string; b: string } {
  const top = scratch({ "a/file": "A", "b/file": "B", "with space/file": "S" });
  return { top, a: path.join(top, "a"), b: path.join(top, "b") };
}

describe.each(REVISIONS)("a client's roots with revision %s", (revision) => {
  const on = (dirs: string[], offered: string[], operator: Operator = {}) =>
    clientOn(dirs, { revision, ...roots(...offered), ...operator });

  test("narrow what the operator allowed", async () => {
    const { top, a, b } = project();
    const client = await on([top], [uri(a)]);
    expect(await call(client, "list_allowed_directories")).toBe(allowed(a));
    expect(await call(client, "read_text_file", { path: path.join(a, "file") })).toBe("A");
    const refused = await refusal(client, "read_text_file", { path: path.join(b, "file") });
    expect(refused).toMatch(/outside/);
    expect(refused).not.toContain(b);
    await expect(client.readResource(uri(path.join(b, "file")))).rejects.toThrow("not found");
  });

  test("never widen it", async () => {
    const { top, a, b } = project();
    const client = await on([a], [uri(top)]);
    expect(await call(client, "list_allowed_directories")).toBe(allowed(a));
    expect(await refusal(client, "read_text_file", { path: path.join(b, "file") })).toMatch(
      /outside/,
    );
  });

  test("leave a read-only directory read-only", async () => {
    const { top, a } = project();
    const client = await on([`${top}:ro`], [uri(a)]);
    const args = { path: path.join(a, "file"), content: "changed" };
    expect(await refusal(client, "write_file", args)).toMatch(/may only be read/);
    expect(await call(client, "list_allowed_directories")).toBe(allowed(`${a} (read-only)`));
  });

  test("replace the operator's directories only with --allow-client-roots", async () => {
    const { a, b } = project();
    const client = await on([a], [uri(b)], { allowClientRoots: true });
    expect(await call(client, "list_allowed_directories")).toBe(allowed(b));
    expect(await refusal(client, "read_text_file", { path: path.join(a, "file") })).toMatch(
      /outside/,
    );
  });

  test("are waited for when the operator named no directory", async () => {
    const { a } = project();
    const without = await clientOn([], { revision });
    expect(await refusal(without, "list_allowed_directories")).toMatch(
      /^No directory is allowed yet/,
    );
    expect(await without.listResources()).toEqual([]);
    const client = await on([], [uri(a)]);
    expect(await call(client, "read_text_file", { path: "file" })).toBe("A");
  });

  // Not over the network: there, 2026-07-28 has nothing to know a caller again by that nobody authenticated.
  test("show in lists once the connection has told them", async () => {
    const { a } = project();
    const server = await serverOn([]);
    const client = await connect(server, { revision, ...roots(uri(a)) });
    onTestFinished(() => client.close());
    await call(client, "list_changes");
    expect((await client.listResources()).map(({ name }) => name)).toEqual([a, "file"]);
  });

  test.each([
    ["share nothing with the operator's directories", (dir: string) => [uri(`${dir}-other`)]],
    ["are on another host", () => ["file://elsewhere/srv"]],
    ["do not exist", (dir: string) => [uri(path.join(dir, "missing"))]],
    ["are none", () => []],
  ])("change nothing when they %s", async (_, offered) => {
    const { a } = project();
    fs.mkdirSync(`${a}-other`);
    const client = await on([a], offered(a));
    expect(await call(client, "list_allowed_directories")).toBe(allowed(a));
  });

  test("may have encoded spaces, and lie beside some that cannot be used", async () => {
    const { top } = project();
    const client = await on([top], ["file://elsewhere/srv", uri(path.join(top, "with space"))]);
    expect(await call(client, "read_text_file", { path: "file" })).toBe("S");
  });

  test("of one client do not affect another of the same server", async () => {
    const { top, a, b } = project();
    const server = await serverOn([top], { yes: true });
    const clients = await Promise.all(
      [a, b, undefined].map((dir) =>
        connect(server, { revision, ...(dir !== undefined && roots(uri(dir))) }),
      ),
    );
    onTestFinished(() => Promise.all(clients.map((client) => client.close())).then(() => {}));
    const [inA, inB, everywhere] = clients as [
      (typeof clients)[0],
      (typeof clients)[0],
      (typeof clients)[0],
    ];
    await call(inA, "write_file", { path: "file", content: "by A" });
    expect(await call(inB, "list_changes")).toBe("No changes yet");
    expect(await refusal(inB, "undo_change")).toMatch(/No change/);
    expect(await call(everywhere, "list_changes")).toBe("No changes yet");
    expect(
      await Promise.all(clients.map((client) => call(client, "list_allowed_directories"))),
    ).toEqual([allowed(a), allowed(b), allowed(top)]);
    await call(inA, "undo_change");
    expect(fs.readFileSync(path.join(a, "file"), "utf8")).toBe("A");
  });
});

/** The revisions in which a client announces that its roots changed. */
const announcing: Revision[] = REVISIONS.filter((revision) => revision !== REVISIONS.at(-1));

test.each(announcing)("roots that change are followed on %s", async (revision) => {
  const { top, a, b } = project();
  let now = a;
  const client = await clientOn([top], { revision, roots: () => [{ uri: uri(now) }] });
  expect(await call(client, "read_text_file", { path: "file" })).toBe("A");
  expect((await client.listResources()).map(({ name }) => name)).toEqual([a, "file"]);
  now = b;
  await client.notifyRootsChanged();
  expect(await call(client, "read_text_file", { path: "file" })).toBe("B");
  expect((await client.listResources({ cache: "reload" })).map(({ name }) => name)).toEqual([
    b,
    "file",
  ]);
});
