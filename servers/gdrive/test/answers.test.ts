import { call, structured } from "@portico/testing-servers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { lost, open, pass } from "./changing/support/open.ts";
import type { FakeDrive } from "./fake/drive.ts";
import { accountsOf, open as openOn } from "./support/servers.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

/** What Google was asked for since the last look, as `files/<id>`. */
function asked({ requests }: FakeDrive): string[] {
  return requests.splice(0).map(({ path }) => path.replace(/^.*\/v3\//, ""));
}

describe("what was told a moment ago", () => {
  test("is not asked for again, until it is some seconds old", async () => {
    const { client, fake } = await open();
    const { id } = fake.store.put({ name: "tea.txt" }).meta;
    for (let i = 0; i < 3; i++) {
      await call(client, "get_file_info", { file_id: id });
      await call(client, "search", { query: "tea" });
      await call(client, "get_account");
    }
    expect(asked(fake)).toEqual([`files/${id}`, "files", "about"]);
    vi.advanceTimersByTime(6_000);
    await call(client, "get_file_info", { file_id: id });
    expect(asked(fake)).toEqual([`files/${id}`]);
  });

  test("says nothing of another file, of other words, or to another account", async () => {
    const tokens = { mine: "ada", yours: "ada" };
    const accounts = accountsOf({ home: "mine", work: "yours" });
    const { client, fake } = await openOn({ accounts, fake: { tokens } });
    const ids = [0, 1].map(() => fake.store.put({}).meta.id!);
    for (const account of ["home", "work", "home", "work"]) {
      for (const file_id of ids) await call(client, "get_file_info", { file_id, account });
      for (const query of ["tea", "coffee"]) await call(client, "search", { query, account });
    }
    const users = fake.requests.map(({ headers }) => headers.authorization);
    expect(users.filter((one) => one === "Bearer mine")).toHaveLength(4);
    expect(users.filter((one) => one === "Bearer yours")).toHaveLength(4);
  });

  test.each([
    ["the file was renamed", "rename_file", (file_id: string) => ({ file_id, name: "b.txt" })],
    ["its contents changed", "update_file", (file_id: string) => ({ file_id, content: "new" })],
    ["another was created", "create_file", () => ({ name: "other.txt", content: "x" })],
  ] as const)("is asked for again after %s", async (_, tool, argsFor) => {
    const { client, fake } = await open();
    const id = fake.store.put({ name: "a.txt" }).meta.id!;
    const info = () => structured(client, "get_file_info", { file_id: id });
    expect(await info()).toMatchObject({ name: "a.txt" });
    await call(client, tool, argsFor(id));
    asked(fake);
    expect(await info()).toMatchObject({ name: fake.store.files.get(id)?.meta.name });
    expect(asked(fake)).toEqual([`files/${id}`]);
  });

  test("is asked for again after a change whose answer was lost", async () => {
    const { client, fake } = await open();
    const id = fake.store.put({ name: "a.txt" }).meta.id!;
    const info = () => structured(client, "get_file_info", { file_id: id });
    await info();
    fake.instead.push(pass, lost);
    await call(client, "rename_file", { file_id: id, name: "b.txt" });
    expect(await info()).toMatchObject({ name: "b.txt" });
  });

  test("is asked for again after Google told what changed, which is itself asked each time", async () => {
    const { client, fake } = await open();
    const stored = fake.store.put({ name: "a.txt" });
    const id = stored.meta.id!;
    const info = () => structured(client, "get_file_info", { file_id: id });
    const { cursor } = await structured(client, "list_changes");
    await info();
    stored.meta.name = "b.txt";
    fake.store.changed(stored);
    asked(fake);
    for (let i = 0; i < 2; i++) await call(client, "list_changes", { cursor });
    expect(await info()).toMatchObject({ name: "b.txt" });
    expect(asked(fake)).toEqual(["changes", "changes", `files/${id}`]);
  });
});

describe("a file that is read", () => {
  test("is described as it is when one begins, and not again for each part", async () => {
    const { client, fake } = await open();
    const stored = fake.store.put({ content: "before ".repeat(500) });
    const args = { file_id: stored.meta.id, max_tokens: 100 };
    const read = (more = {}) =>
      structured<{ text: string; next_offset: number }>(client, "read_file", { ...args, ...more });
    await read();
    stored.content = Buffer.from("after ".repeat(500));
    fake.store.changed(stored);
    asked(fake);
    const { text, next_offset: offset } = await read();
    expect(text).toContain("after");
    for (let i = 0; i < 3; i++) await read({ offset: offset + i });
    expect(asked(fake)).toEqual([`files/${stored.meta.id}`, `files/${stored.meta.id}`]);
  });

  test("is read as it is by who was told that it changed", async () => {
    const { client, fake } = await openOn();
    const stored = fake.store.put({ name: "old.txt" });
    const uri = `gdrive:///${stored.meta.id}`;
    const listed = async () => (await client.listResources())[0]?.name;
    const subscription = await client.subscribe({ uris: [uri] });
    expect(await listed()).toBe("old.txt");
    stored.meta.name = "new.txt";
    fake.store.changed(stored);
    await subscription.next();
    expect(await listed()).toBe("new.txt");
  });
});
