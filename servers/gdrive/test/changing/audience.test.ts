import { accept } from "@portico/core/testing";
import { call, refusal } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { FOLDER } from "../fake/store.ts";
import { open } from "./support/open.ts";

const owner = { id: "ada", type: "user", role: "owner", emailAddress: "ada@example.com" };
const eve = { id: "eve", type: "user", role: "writer", emailAddress: "eve@evil.example" };
const bob = { id: "bob", type: "user", role: "reader", emailAddress: "bob@example.com" };

/** A server on a fake with a file of the account's own, and a folder that is seen by some. */
async function withFolder(
  folder: object,
  wanted: Parameters<typeof open>[0] = {},
  permissionIds = ["ada"],
) {
  const opened = await open(wanted);
  const { store } = opened.fake;
  const file = store.put({ name: "plan.txt", permissionIds }).meta;
  const into = store.put({ name: "Inbox", mimeType: FOLDER, ...folder }).meta.id;
  return { ...opened, file, args: { file_id: file.id, folder_id: into } };
}

const foreign = { ownedByMe: false, shared: true, owners: [{ emailAddress: "eve@evil.example" }] };

describe("GD5: a file does not go where others see it without consent", () => {
  test.each([
    ["somebody else's folder", foreign],
    ["a folder others see", { ownedByMe: true, shared: true, permissions: [owner, eve] }],
    [
      "a folder anyone sees",
      {
        ownedByMe: true,
        shared: true,
        permissions: [owner, { id: "any", type: "anyone", role: "reader" }],
      },
    ],
  ])("into %s", async (_, folder) => {
    const { client, file, fake, args } = await withFolder(folder, {
      shareDomains: ["example.com"],
    });
    for (const tool of ["move_file", "copy_file"]) {
      expect(await refusal(client, tool, args)).toContain("needs the user's consent");
    }
    expect(file.parents).toEqual(["root-id"]);
    expect(fake.store.files.size).toBe(3);
  });

  test("and goes there when the user agrees, who is told who will see it", async () => {
    let question = "";
    const consent = ({ message }: { message: string }) => {
      question = message;
      return accept();
    };
    const connect = { answers: { consent } };
    const { client, file, args } = await withFolder(foreign, { connect });
    await call(client, "move_file", args);
    expect(question).toBe(
      'Put "plan.txt" into "Inbox", where these will see it: eve@evil.example?',
    );
    expect(file.parents).toEqual([args.folder_id]);
  });
});

test.each([
  ["its owner alone sees", { ownedByMe: true, shared: false }, ["ada"]],
  [
    "people of the operator's domains see",
    { ownedByMe: true, shared: true, permissions: [owner, bob] },
    ["ada"],
  ],
  [
    "those see who see the file already",
    { ownedByMe: true, shared: true, permissions: [owner, eve] },
    ["ada", "eve"],
  ],
  ["is on a shared drive", { driveId: "d1" }, ["ada"]],
])("a file goes unasked into a folder that %s", async (_, folder, permissionIds) => {
  const wanted = { shareDomains: ["example.com"] };
  const { client, file, args } = await withFolder(folder, wanted, permissionIds as string[]);
  await call(client, "move_file", args);
  expect(file.parents).toEqual([args.folder_id]);
});
