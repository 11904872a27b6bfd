import { accept, decline } from "@portico/core/testing";
import { call, refusal, structured } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { open, pass } from "./support/open.ts";

const MIB = 1024 * 1024;

/** A server on a fake with a file that was something else before. */
async function withRevisions(wanted: Parameters<typeof open>[0] = {}, before = "one") {
  const opened = await open(wanted);
  const { client, fake } = opened;
  const { id } = await structured(client, "create_file", { name: "a.txt", content: before });
  await call(client, "update_file", { file_id: id, content: "two" });
  const file_id = id as string;
  return { ...opened, file_id, content: () => fake.store.files.get(file_id)?.content.toString() };
}

test("revisions are listed, and kept for good or not", async () => {
  const { client, file_id } = await withRevisions();
  const { revisions } = await structured(client, "list_revisions", { file_id });
  expect(revisions).toMatchObject([
    { id: "rev1", size: 3, by: "Ada", mimeType: "text/plain" },
    { id: "rev2", size: 3 },
  ]);
  const args = { file_id, revision_id: "rev1" };
  expect(await structured(client, "keep_revision", args)).toMatchObject({ kept: true });
  const not = await structured(client, "keep_revision", { ...args, forever: false });
  expect(not.kept).toBeUndefined();
});

test("a file becomes what it was, as a new revision, once the user agrees", async () => {
  const connect = { answers: { consent: accept() } };
  const long = "x".repeat(3 * MIB);
  const { client, file_id, content } = await withRevisions({ connect }, long);
  await call(client, "restore_revision", { file_id, revision_id: "rev1" });
  expect(content()).toBe(long);
  const { revisions } = await structured<{ revisions: { kept?: boolean }[] }>(
    client,
    "list_revisions",
    { file_id },
  );
  expect(revisions.map(({ kept }) => kept)).toEqual([undefined, undefined, undefined]);
  const now = { file_id, revision_id: "rev3" };
  expect(await refusal(client, "restore_revision", now)).toContain("what the file is now");
});

test("a file stays what it is where the user does not agree or cannot be asked", async () => {
  const asked = await withRevisions();
  const args = (file_id: string) => ({ file_id, revision_id: "rev1" });
  expect(await refusal(asked.client, "restore_revision", args(asked.file_id))).toContain(
    "needs the user's consent",
  );
  const declined = await withRevisions({ connect: { answers: { consent: decline() } } });
  expect(await refusal(declined.client, "restore_revision", args(declined.file_id))).toContain(
    "did not agree",
  );
  expect([asked.content(), declined.content()]).toEqual(["two", "two"]);
});

test("a revision that cannot be let go after it was restored is told of", async () => {
  const connect = { answers: { consent: accept() } };
  const { client, fake, file_id, content } = await withRevisions({ connect });
  const refused = () => ({ status: 403, body: { error: { message: "No." } } });
  // What is asked: the file and the revision twice each, for the question; to keep it; to begin, its bytes, to send.
  fake.instead.push(pass, pass, pass, pass, pass, pass, pass, pass, refused);
  const told = await call(client, "restore_revision", { file_id, revision_id: "rev1" });
  expect(told).toContain("is kept for good now");
  expect(content()).toBe("one");
});

test("of Google's own documents revisions are not restored", async () => {
  const { client, fake } = await open();
  const mimeType = "application/vnd.google-apps.document";
  const file_id = fake.store.put({ name: "Doc", mimeType }).meta.id;
  const told = await refusal(client, "restore_revision", { file_id, revision_id: "1" });
  expect(told).toContain("version history");
});

test("a revision that is not there is told of", async () => {
  const { client, file_id } = await withRevisions();
  const args = { file_id, revision_id: "rev9" };
  expect(await refusal(client, "keep_revision", args)).toContain("Revision not found");
});
