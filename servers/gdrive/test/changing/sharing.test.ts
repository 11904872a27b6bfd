import { accept, decline } from "@portico/core/testing";
import { call, refusal, structured } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { permissionsOf } from "../fake/changing/permissions.ts";
import { FOLDER } from "../fake/store.ts";
import { lost, open, pass } from "./support/open.ts";

type Wanted = Parameters<typeof open>[0];

/** A server on a fake with one file. */
async function withFile(wanted: Wanted = {}, name = "plan.txt") {
  const opened = await open(wanted);
  const stored = opened.fake.store.put({ name });
  const file_id = stored.meta.id!;
  const shares = () => permissionsOf(stored).filter(({ role }) => role !== "owner");
  const written = () => opened.fake.requests.filter(({ method }) => method !== "GET");
  return { ...opened, stored, file_id, shares, written };
}

const outsiders = [
  { type: "anyone", role: "reader" },
  { type: "user", to: "eve@evil.example", role: "writer" },
  { type: "group", to: "all@sub.example.com", role: "reader" },
  { type: "domain", to: "evil.example", role: "reader" },
];

describe("GD5: sharing outside of the operator's domains", () => {
  test.each(outsiders)("is refused where nobody can be asked: $type $to", async (whom) => {
    const { client, file_id, shares, written } = await withFile({ shareDomains: ["example.com"] });
    const told = await refusal(client, "share_file", { file_id, ...whom });
    expect(told).toContain("needs the user's consent");
    expect(shares()).toEqual([]);
    expect(written()).toEqual([]);
  });

  test.each(outsiders)("is refused when the user declines: $type $to", async (whom) => {
    const connect = { answers: { consent: decline() } };
    const { client, file_id, shares } = await withFile({ connect });
    expect(await refusal(client, "share_file", { file_id, ...whom })).toContain("did not agree");
    expect(shares()).toEqual([]);
  });

  test("happens once the user agrees to it, in plain words", async () => {
    let question = "";
    const consent = ({ message }: { message: string }) => {
      question = message;
      return accept();
    };
    const connect = { answers: { consent } };
    const { client, fake, shares, file_id } = await withFile({ connect }, "a\u202e\nb");
    const [anyone] = outsiders;
    expect(await structured(client, "share_file", { file_id, ...anyone })).toMatchObject({
      role: "reader",
      to: "anyone who has the link",
    });
    expect(question).toBe('Let anyone who has the link be reader of the file, "a b"?');
    expect(shares()).toHaveLength(1);
    const folder = fake.store.put({ name: "F", mimeType: FOLDER }).meta.id;
    await call(client, "share_file", { ...outsiders[1], file_id: folder });
    expect(question).toContain("eve@evil.example be writer of the folder and all in it");
  });

  test("never gives a file away", async () => {
    const { client, file_id, written } = await withFile({ shareDomains: ["example.com"] });
    for (const role of ["owner", "organizer"]) {
      const args = { file_id, type: "user", to: "ann@example.com", role };
      await expect(call(client, "share_file", args)).rejects.toThrow("Invalid arguments");
    }
    expect(written()).toEqual([]);
  });
});

test("sharing within the operator's domains asks nobody, and mails nobody unless told to", async () => {
  const { client, file_id, shares, written } = await withFile({ shareDomains: ["example.com"] });
  const args = { file_id, type: "user", to: "Bob@Example.com", role: "commenter" };
  await call(client, "share_file", args);
  expect(shares()).toMatchObject([{ emailAddress: "Bob@example.com", role: "commenter" }]);
  const group = { ...args, type: "group", to: "all@example.com", notify: true };
  await call(client, "share_file", { ...group, expires: "2026-12-01T00:00:00Z" });
  expect(shares()[1]).toMatchObject({ expirationTime: "2026-12-01T00:00:00Z" });
  const mails = written().map(({ query }) => query.get("sendNotificationEmail"));
  expect(mails).toEqual(["false", "true"]);
});

test("who has access already has another role after it is shared again", async () => {
  const { client, file_id, shares, written } = await withFile({ shareDomains: ["example.com"] });
  const args = { file_id, type: "user", to: "bob@example.com" };
  for (const role of ["writer", "reader"]) await call(client, "share_file", { ...args, role });
  expect(shares()).toMatchObject([{ emailAddress: "bob@example.com", role: "reader" }]);
  expect(written().map(({ method }) => method)).toEqual(["POST", "PATCH"]);
  const owner = { ...args, to: "ada@example.com", role: "reader" };
  expect(await refusal(client, "share_file", owner)).toContain("owns the file");
});

test("a share whose answer is lost is sent once", async () => {
  const { client, fake, file_id, written } = await withFile({ shareDomains: ["example.com"] });
  fake.instead.push(pass, pass, lost);
  const args = { file_id, type: "user", to: "bob@example.com", role: "reader", notify: true };
  expect(await call(client, "share_file", args)).toContain("bob@example.com");
  expect(written()).toHaveLength(1);
});

test("permissions are listed page by page", async () => {
  const { client, file_id, stored } = await withFile();
  const many = Array.from({ length: 99 }, (_, at) => ({
    id: `p${at}`,
    type: "user",
    role: "reader",
    emailAddress: `user${at}@example.com`,
  }));
  const permissionDetails = [{ inherited: true, inheritedFrom: "drive1" }];
  const domain = { id: "last", type: "domain", role: "writer", domain: "example.com" };
  permissionsOf(stored).push(...many, { ...domain, permissionDetails });
  const first = await structured<{ permissions: unknown[]; cursor: string }>(
    client,
    "list_permissions",
    { file_id },
  );
  expect(first.permissions).toHaveLength(100);
  expect(first.permissions[0]).toMatchObject({ role: "owner", to: "ada@example.com" });
  const args = { file_id, cursor: first.cursor };
  expect(await structured(client, "list_permissions", args)).toEqual({
    permissions: [{ id: "last", role: "writer", to: "example.com", inheritedFrom: "drive1" }],
  });
});

test("access is taken away by address, domain, id or from anyone", async () => {
  const { client, file_id, stored, shares } = await withFile();
  permissionsOf(stored).push(
    { id: "p1", type: "user", role: "writer", emailAddress: "bob@example.com" },
    { id: "p2", type: "domain", role: "reader", domain: "example.com" },
    { id: "p3", type: "anyone", role: "reader" },
    { id: "p4", type: "user", role: "reader", emailAddress: "eve@example.com" },
  );
  for (const from of ["BOB@example.com", "example.com", "anyone", "p4"]) {
    await call(client, "unshare_file", { file_id, from });
  }
  expect(shares()).toEqual([]);
  const again = { file_id, from: "bob@example.com" };
  expect(await refusal(client, "unshare_file", again)).toContain("is not shared with");
  const owner = { file_id, from: "ada@example.com" };
  expect(await refusal(client, "unshare_file", owner)).toContain("The owner keeps the file");
});

test("access that comes from above is not taken away here, and says where it comes from", async () => {
  const { client, file_id, stored } = await withFile();
  const permissionDetails = [{ inherited: true, inheritedFrom: "folder9" }];
  permissionsOf(stored).push({ id: "p", type: "anyone", role: "reader", permissionDetails });
  expect(await refusal(client, "unshare_file", { file_id, from: "anyone" })).toContain("folder9");
});

test("taking access away whose answer is lost is done once", async () => {
  const { client, fake, file_id, stored, shares, written } = await withFile();
  permissionsOf(stored).push({ id: "p", type: "anyone", role: "reader" });
  fake.instead.push(pass, lost);
  await call(client, "unshare_file", { file_id, from: "anyone" });
  expect(shares()).toEqual([]);
  expect(written()).toHaveLength(1);
});
