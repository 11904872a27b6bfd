import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Client, REVISIONS } from "@portico/core";
import { connect } from "@portico/core/testing";
import { scratch } from "@portico/testing-servers";
import { describe, expect, onTestFinished, test } from "vitest";
import { createSandbox, type Sandbox } from "../src/sandbox/index.ts";
import { Watcher } from "../src/watch/watcher.ts";
import { clientOn, serverOn } from "./support/servers.ts";

const uriOf = (file: string) => pathToFileURL(file).href;

/** Subscribes; the returned function makes a change and resolves with what is told of it. */
async function watching(client: Client, ...uris: string[]) {
  const subscription = await client.subscribe({ uris });
  onTestFinished(() => subscription.close());
  return async (change: () => void) => {
    change();
    return (await subscription.next()).value;
  };
}

describe.each(REVISIONS)("subscriptions with revision %s", (revision) => {
  test("tell of a file that changes, is replaced, deleted and made again", async () => {
    const dir = scratch({ f: "1", other: "" });
    const client = await clientOn([dir], { revision });
    const f = path.join(dir, "f");
    const uri = uriOf(f);
    const next = await watching(client, uri);
    const told = { kind: "resource", uri };
    expect(await next(() => fs.writeFileSync(f, "2"))).toEqual(told);
    const replace = () => {
      fs.writeFileSync(`${f}.new`, "3");
      fs.renameSync(`${f}.new`, f);
    };
    expect(await next(replace)).toEqual(told);
    expect(await next(() => fs.writeFileSync(f, "4"))).toEqual(told);
    expect(await next(() => fs.rmSync(f))).toEqual(told);
    expect(await next(() => fs.writeFileSync(f, "5"))).toEqual(told);
  });

  test("tell of names that come to a directory and leave it", async () => {
    const dir = scratch({ "d/a": "" });
    const client = await clientOn([dir], { revision });
    const uri = `${uriOf(path.join(dir, "d"))}/`;
    const next = await watching(client, uri);
    const told = { kind: "resource", uri };
    expect(await next(() => fs.writeFileSync(path.join(dir, "d/b"), ""))).toEqual(told);
    expect(await next(() => fs.rmSync(path.join(dir, "d/a")))).toEqual(told);
    expect(await next(() => fs.mkdirSync(path.join(dir, "d/c")))).toEqual(told);
  });

  test("tell of names that editors give to their copies, too", async () => {
    const dir = scratch({ "notes~": "1" });
    const client = await clientOn([dir], { revision });
    const backup = path.join(dir, "notes~");
    const next = await watching(client, uriOf(backup));
    const value = await next(() => fs.writeFileSync(backup, "2"));
    expect(value).toEqual({ kind: "resource", uri: uriOf(backup) });
  });

  test("tell that the list of resources changed, while somebody listens", async () => {
    const dir = scratch({ f: "" });
    const client = await clientOn([dir], { revision });
    const subscription = await client.subscribe({ resources: true });
    onTestFinished(() => subscription.close());
    const told = { kind: "list", list: "resources" };
    fs.writeFileSync(path.join(dir, "new"), "");
    expect((await subscription.next()).value).toEqual(told);
    expect((await client.listResources()).map(({ name }) => name)).toEqual([dir, "f", "new"]);
    fs.rmSync(path.join(dir, "f"));
    expect((await subscription.next()).value).toEqual(told);
  });

  test("tell of an allowed directory itself", async () => {
    const dir = scratch();
    const client = await clientOn([dir], { revision });
    const next = await watching(client, `${uriOf(dir)}/`);
    const value = await next(() => fs.writeFileSync(path.join(dir, "new"), ""));
    expect(value).toEqual({ kind: "resource", uri: `${uriOf(dir)}/` });
  });

  test("are refused for what is outside, missing or no file", async () => {
    const dir = scratch({ out: { link: "/etc/hostname" } });
    const client = await clientOn([dir], { revision });
    for (const uri of ["file:///etc/hostname", uriOf(path.join(dir, "out")), uriOf(`${dir}/no`)]) {
      expect(await grantedUris(client, uri)).toEqual([]);
    }
  });
});

describe.each(REVISIONS.slice(0, -1))("a client with roots and revision %s", (revision) => {
  test("subscribes only to what is in them", async () => {
    const dir = scratch({ "a/f": "", "b/f": "" });
    const file = (name: string) => uriOf(path.join(dir, name));
    const client = await clientOn([dir], { revision, roots: [{ uri: file("a") }] });
    expect(await grantedUris(client, file("b/f"))).toEqual([]);
    const next = await watching(client, file("a/f"));
    const value = await next(() => fs.writeFileSync(path.join(dir, "a/f"), "1"));
    expect(value).toEqual({ kind: "resource", uri: file("a/f") });
  });
});

test("many changes at once are told once", async () => {
  const dir = scratch({ f: "" });
  const f = path.join(dir, "f");
  let told = 0;
  const { watcher, files } = await watcherOn(dir);
  const change = Promise.withResolvers<void>();
  await watcher.watch(files, f, () => {
    told++;
    change.resolve();
  });
  for (let at = 0; at < 20; at++) fs.appendFileSync(f, "x");
  await change.promise;
  expect(told).toBe(1);
});

// Counted where the operating system tells: in /proc.
describe.skipIf(process.platform !== "linux")("nothing stays watched", () => {
  test("once the last subscriber is gone", async () => {
    const dir = scratch({ f: "", "d/a": "" });
    const { watcher, files } = await watcherOn(dir);
    const before = watches();
    const stops = [
      await watcher.watch(files, path.join(dir, "f"), () => {}),
      await watcher.watch(files, path.join(dir, "f"), () => {}),
      await watcher.watch(files, path.join(dir, "d"), () => {}),
    ];
    expect(watcher.size).toBe(2);
    expect(watches()).toBeGreaterThan(before);
    stops[0]?.();
    stops[0]?.();
    expect(watcher.size).toBe(2);
    for (const stop of stops) stop();
    expect(watcher.size).toBe(0);
    await watcher.close();
    expect(watches()).toBe(before);
  });

  test("when a watch is stopped before it began", async () => {
    const dir = scratch({ f: "" });
    const { watcher, files } = await watcherOn(dir);
    const before = watches();
    const starting = watcher.watch(files, path.join(dir, "f"), () => {});
    await watcher.close();
    (await starting)();
    expect(watches()).toBe(before);
  });

  test.each(REVISIONS)("when a client of %s leaves, and when it unsubscribes", async (revision) => {
    const dir = scratch({ f: "", g: "" });
    const server = await serverOn([dir]);
    const before = watches();
    const client = await connect(server, { revision });
    const one = await client.subscribe({ uris: [uriOf(path.join(dir, "f"))] });
    await client.subscribe({ uris: [uriOf(path.join(dir, "g"))] });
    expect(watches()).toBeGreaterThan(before);
    one.close();
    await client.close();
    await expect.poll(watches).toBe(before);
    await server.close();
  });
});

async function watcherOn(dir: string): Promise<{ watcher: Watcher; files: Sandbox }> {
  const files = await createSandbox([{ path: dir }]);
  const watcher = new Watcher();
  onTestFinished(() => watcher.close());
  return { watcher, files };
}

/** What a server agrees to watch; some revisions refuse the rest with an error, others leave it out. */
function grantedUris(client: Client, uri: string): Promise<readonly string[]> {
  return client.subscribe({ uris: [uri] }).then(
    ({ granted }) => granted.uris ?? [],
    () => [],
  );
}

/** How many paths the operating system watches for this process. */
function watches(): number {
  return fs
    .readdirSync("/proc/self/fdinfo")
    .map((fd) => {
      try {
        return fs.readFileSync(`/proc/self/fdinfo/${fd}`, "utf8");
      } catch {
        return "";
      }
    })
    .reduce((sum, info) => sum + (info.match(/^inotify wd:/gm)?.length ?? 0), 0);
}
