import { expect, test } from "vitest";
import { accountsOf } from "../support/servers.ts";
import { open } from "./support/open.ts";

const CHANGING = [
  "create_file",
  "update_file",
  "upload_file",
  "create_folder",
  "copy_file",
  "move_file",
  "rename_file",
  "create_shortcut",
  "trash_file",
  "restore_file",
  "share_file",
  "unshare_file",
  "add_comment",
  "reply_to_comment",
  "resolve_comment",
  "keep_revision",
  "restore_revision",
];

test("every tool that changes something says so, so that --read-only leaves it out", async () => {
  const { client } = await open();
  const tools = await client.listTools();
  const writing = tools.filter(({ annotations }) => annotations?.readOnlyHint === false);
  expect(writing.map(({ name }) => name).sort()).toEqual([...CHANGING].sort());
  const destructive = writing.filter(({ annotations }) => annotations?.destructiveHint !== false);
  expect(destructive.map(({ name }) => name)).toEqual([
    "update_file",
    "upload_file",
    "trash_file",
    "share_file",
    "unshare_file",
    "restore_revision",
  ]);
});

test("GD10: where Google allowed reading alone, nothing that changes is offered", async () => {
  const accounts = accountsOf({ default: "good" }, ["drive.readonly"]);
  const { client } = await open({ accounts });
  const names = (await client.listTools()).map(({ name }) => name);
  expect(names.filter((name) => CHANGING.includes(name))).toEqual([]);
  expect(names).toEqual(expect.arrayContaining(["list_permissions", "list_comments"]));
});
