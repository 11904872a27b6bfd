import { accept } from "@portico/core/testing";
import { refusal, structured, succeed } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { parseAllowList } from "../../src/bounds/allow-list.ts";
import { Hub } from "../fake/hub.ts";
import { openSite, SITE } from "../support/repos.ts";

const users = { good: { login: "octocat", scopes: "repo, gist" } };

test("a gist is created as a secret, changed, read and listed", async () => {
  const { client } = await openSite({ users });
  const { id } = await structured(client, "create_gist", {
    filename: "a.ts",
    content: "<b>1</b>",
    description: "Notes",
  });
  await succeed(client, "update_gist", { gist_id: id, filename: "b.ts", content: "2" });
  expect(await structured(client, "get_gist", { gist_id: id })).toMatchObject({
    description: "Notes",
    public: false,
    owner: { login: "octocat" },
    files: [
      { filename: "a.ts", content: "<b>1</b>" },
      { filename: "b.ts", content: "2" },
    ],
  });
  await succeed(client, "create_gist", { filename: "c", content: "3", public: true });
  const list = async (args: object) => {
    const { gists } = await structured(client, "list_gists", args);
    return gists as { files: { filename: string; content?: string }[] }[];
  };
  expect(await list({})).toHaveLength(2);
  const [shown, ...others] = await list({ username: "octocat" });
  expect([shown?.files[0], others]).toEqual([{ filename: "c", size: 1 }, []]);
});

test("GH3: lockdown withholds the gists of others, and not one's own", async () => {
  const { client, github } = await openSite({ users, settings: { isLocked: true } });
  const facts = { public: true, description: "", files: new Map([["a", "evil"]]) };
  github.world.of(Hub).gists.set("ff", { ...facts, id: "ff", owner: "stranger" });
  github.world.of(Hub).gists.set("aa", { ...facts, id: "aa", owner: "octocat" });
  const says = "Lockdown withholds the gists of others.";
  expect(await refusal(client, "get_gist", { gist_id: "ff" })).toBe(says);
  expect(await refusal(client, "list_gists", { username: "stranger" })).toBe(says);
  expect(await structured(client, "get_gist", { gist_id: "aa" })).toMatchObject({ id: "aa" });
  expect(await structured(client, "list_gists")).toMatchObject({ gists: [{ id: "aa" }] });
});

test("gists are outside of every allow-list", async () => {
  const settings = { allowed: parseAllowList(["octo"]) };
  const { client, github } = await openSite({ users, settings });
  const names = (await client.listTools()).map(({ name }) => name);
  expect(names.filter((name) => name.includes("gist"))).toEqual([]);
  expect(github.requests).toEqual([]);
});

test("a label is created, renamed, found and, when the user agrees, deleted", async () => {
  const { client, site } = await openSite({ client: { answers: { confirm: accept() } } });
  const write = { ...SITE, name: "bug" };
  await succeed(client, "label_write", { ...write, method: "create", color: "f29513" });
  const change = { ...write, method: "update", new_name: "a/b", description: "Broken" };
  expect(await structured(client, "label_write", change)).toEqual({
    id: "LA_a/b",
    name: "a/b",
    color: "f29513",
    description: "Broken",
  });
  expect(await structured(client, "get_label", { ...SITE, name: "a/b" })).toMatchObject({
    description: "Broken",
  });
  await succeed(client, "label_write", { ...write, method: "delete", name: "a/b" });
  expect(site.labels.size).toBe(0);
});

test("a label is not deleted unasked, and a change says what it lacks", async () => {
  const { client, site } = await openSite();
  site.labels.set("bug", { name: "bug", color: "f29513", description: "", issues: 3 });
  const write = { ...SITE, name: "bug" };
  expect(await refusal(client, "label_write", { ...write, method: "delete" })).toContain(
    "Delete the label bug of octo/site, and take it from everything that has it?",
  );
  expect(await refusal(client, "label_write", { ...write, method: "update" })).toContain(
    "Nothing is to change",
  );
  expect(await refusal(client, "label_write", { ...write, method: "create" })).toContain(
    "needs a color",
  );
  expect(site.labels.size).toBe(1);
});

test("labels are listed page after page, the most used of a page first", async () => {
  const { client, site } = await openSite();
  for (const [name, issues] of [
    ["few", 1],
    ["many", 9],
    ["some", 5],
  ] as const) {
    site.labels.set(name, { name, color: "000000", description: "", issues });
  }
  const first = await structured<{ labels: object[]; next_cursor: string }>(client, "list_label", {
    ...SITE,
    perPage: 2,
  });
  expect(first).toMatchObject({
    labels: [
      { name: "many", issues: 9 },
      { name: "few", issues: 1 },
    ],
    totalCount: 3,
  });
  const rest = await structured(client, "list_label", { ...SITE, after: first.next_cursor });
  expect(rest).toMatchObject({ labels: [{ name: "some" }] });
  expect(rest).not.toHaveProperty("next_cursor");
});
