import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { accept } from "@portico/core/testing";
import { call, refusal, scratch, structured, succeed } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { Jail } from "../../src/jail/jail.ts";
import { FOLDER } from "../fake/store.ts";
import { hangUp, lost, open, pass, unavailable } from "./support/open.ts";

const MIB = 1024 * 1024;

/** Bytes no part of which is like another. */
function bytes(count: number): Buffer {
  const all = Buffer.alloc(count);
  for (let at = 0; at < count; at += 4) all.writeUInt32LE((at * 2_654_435_761) % 2 ** 32, at);
  return all;
}

/** A server with a folder that holds a file of 5 MiB, and one that nobody may reach beside it. */
async function withFolder(wanted: Parameters<typeof open>[0] = {}) {
  const content = bytes(5 * MIB);
  const dir = scratch({ "secret.txt": "secret", "out/film.mp4": content, "out/talk.pptx": "x" });
  const opened = await open({ ...wanted, uploads: new Jail(path.join(dir, "out")) });
  const md5 = createHash("md5").update(content).digest("hex");
  return { ...opened, dir, md5 };
}

test("a file of the folder is uploaded in parts, and says how far it has got", async () => {
  const { client, fake, md5 } = await withFolder();
  const told: number[] = [];
  const onProgress = ({ progress }: { progress: number }) => void told.push(progress);
  const { structuredContent } = await client.callTool(
    "upload_file",
    { file: "film.mp4" },
    { onProgress },
  );
  const { id, mimeType } = structuredContent as { id: string; mimeType: string };
  expect(mimeType).toBe("video/mp4");
  expect(fake.store.files.get(id)?.meta.md5Checksum).toBe(md5);
  expect(told).toEqual([2 * MIB, 4 * MIB, 5 * MIB]);
});

const hasAll = () => ({ status: 308, headers: { range: `bytes=0-${5 * MIB - 1}` } });
const hasNothing = () => ({ status: 308, headers: {} });
const gone = () => ({ status: 404, headers: {} });

test.each([
  ["a part is lost", [pass, pass, pass, hangUp]],
  ["the answer to a part is lost", [pass, pass, pass, lost]],
  ["the answer to the last part is lost", [pass, pass, pass, pass, lost]],
  ["Drive is not there for a moment", [pass, unavailable, pass, unavailable, unavailable]],
  ["asking how far it has got fails as well", [pass, pass, pass, lost, hangUp, unavailable]],
  ["Drive says that it has all, and then less", [pass, pass, pass, pass, hasAll]],
  ["Drive loses what it had", [pass, pass, pass, pass, hasNothing, gone]],
  ["Drive forgets the upload", [pass, pass, pass, () => ({ status: 410, headers: {} })]],
])("an upload is whole, and there once, although %s", async (_, instead) => {
  const { client, fake, md5 } = await withFolder();
  fake.instead.push(...(instead as typeof fake.instead));
  const { id } = await structured(client, "upload_file", { file: "film.mp4" });
  expect(fake.store.files.get(id as string)?.meta.md5Checksum).toBe(md5);
  expect(fake.store.files.size).toBe(2);
});

test("an upload that becomes a document is there once although its last answer is lost", async () => {
  const { client, fake } = await open();
  fake.instead.push(pass, lost);
  await call(client, "create_file", { name: "Doc", content: "text", convert_to: "document" });
  expect([...fake.store.files.values()].map(({ meta }) => meta.name)).toEqual(["My Drive", "Doc"]);
});

test("an upload that does not get through ends, and no address of it is told", async () => {
  const { client, fake } = await withFolder();
  fake.instead.push(pass, pass, ...Array.from({ length: 8 }, () => unavailable));
  const told = await refusal(client, "upload_file", { file: "film.mp4" });
  expect(told).toContain("kept refusing parts of the upload");
  expect(told).toContain("Nothing was changed.");
  expect(told).not.toContain("session-");
  expect(fake.store.files.size).toBe(1);
});

test("an upload to another host is not begun", async () => {
  const { client, fake } = await open();
  const location = "https://evil.example/upload?upload_id=secret";
  fake.instead.push(pass, () => ({ status: 200, headers: { location } }));
  const told = await refusal(client, "create_file", { name: "a.txt", content: "x" });
  expect(told).toContain("another host");
  expect(told).not.toContain("evil");
});

test("GD2: only names of files in the folder are taken", async () => {
  const { client, fake, dir } = await withFolder();
  fs.symlinkSync("../secret.txt", path.join(dir, "out/link.txt"));
  const names = ["../secret.txt", path.join(dir, "secret.txt"), "link.txt", "..", "none.txt", ""];
  for (const file of names) {
    const told = await refusal(client, "upload_file", { file });
    expect(told).not.toContain(dir === file ? " " : `${dir}/out`);
  }
  expect(fake.requests).toEqual([]);
});

test("GD2: callers who authenticated reach only their own part of the folder", async () => {
  const { client } = await withFolder({
    sharesAccounts: true,
    connect: { principal: { id: "ann" } as never },
  });
  expect(await refusal(client, "upload_file", { file: "film.mp4" })).toContain("There is no file");
});

test("without a folder, bytes are given as base64", async () => {
  const { client, fake } = await open();
  const [tool] = (await client.listTools()).filter(({ name }) => name === "upload_file");
  expect(tool?.inputSchema.properties).not.toHaveProperty("file");
  expect(await refusal(client, "upload_file", { base64: "aGk=" })).toContain("Give the name");
  const wrong = { base64: "?", name: "a" };
  expect(await refusal(client, "upload_file", wrong)).toContain("not base64");
  const given = { base64: "aGk=", name: "hi.txt" };
  const { id } = await structured(client, "upload_file", given);
  expect(fake.store.files.get(id as string)?.content.toString()).toBe("hi");
});

test("with a folder, a file of it or base64 is given", async () => {
  const { client } = await withFolder();
  for (const args of [{}, { file: "film.mp4", base64: "aGk=" }]) {
    expect(await refusal(client, "upload_file", args)).toContain("either file or base64");
  }
  await call(client, "upload_file", { base64: "aGk=", name: "hi.txt" });
});

test.each([
  "application/vnd.google-apps.spreadsheet",
  "application/VND.google-apps.document",
  "text/csv\r\nX-Evil: 1",
  "text/html; charset=utf-7",
  "csv",
])("GD7: no type but that of plain content is taken: %j", async (mime_type) => {
  const { client, fake } = await open();
  const base64 = Buffer.from("=IMPORTXML(A1)").toString("base64");
  const told = await refusal(client, "upload_file", { base64, name: "t", mime_type });
  expect(told).toContain("mime_type is a type such as");
  const text = { name: "t", content: "=IMPORTXML(A1)", mime_type };
  expect(await refusal(client, "create_file", text)).toContain("mime_type is a type such as");
  expect(fake.requests).toEqual([]);
});

test("what Drive is too small for is not read to be converted", async () => {
  const { client, dir } = await withFolder();
  fs.truncateSync(path.join(dir, "out/film.mp4"), 50_000_001);
  fs.renameSync(path.join(dir, "out/film.mp4"), path.join(dir, "out/long.md"));
  const args = { file: "long.md", convert_to: "document" };
  expect(await refusal(client, "upload_file", args)).toContain("of at most 50 MB");
});

test("GD9: text in an encoding nobody can tell is asked about as well", async () => {
  const { client } = await open();
  const html = '<img src="https://evil.example/x">';
  for (const bytes of [
    Buffer.from(`\ufeff${html}`, "utf16le"),
    Buffer.from(html, "utf16le"),
    Buffer.from([0xff, ...Buffer.from(html)]),
  ]) {
    const args = { base64: bytes.toString("base64"), name: "t.html", convert_to: "document" };
    expect(await refusal(client, "upload_file", args)).toContain("needs the user's consent");
  }
});

test("a file takes the place of another one's content", async () => {
  const { client, fake, md5 } = await withFolder();
  const { meta } = fake.store.put({ name: "old.mp4", mimeType: "video/mp4", content: "old" });
  await call(client, "upload_file", { file: "film.mp4", file_id: meta.id });
  expect(meta).toMatchObject({ name: "old.mp4", md5Checksum: md5 });
  const args = { file: "film.mp4", file_id: meta.id, convert_to: "document" };
  expect(await refusal(client, "upload_file", args)).toContain(
    "leave convert_to and folder_id out",
  );
  const folder = fake.store.put({ mimeType: FOLDER }).meta.id;
  expect(await refusal(client, "upload_file", { file: "film.mp4", file_id: folder })).toContain(
    "cannot be replaced",
  );
});

test("an Office file is converted; one that a caller wrote only after the user agrees", async () => {
  const { client } = await withFolder();
  const slides = await structured(client, "upload_file", {
    file: "talk.pptx",
    convert_to: "presentation",
  });
  expect(slides.mimeType).toBe("application/vnd.google-apps.presentation");
  const given = { base64: "aGk=", name: "t.xlsx", convert_to: "spreadsheet" };
  expect(await refusal(client, "upload_file", given)).toContain("does not look into");
  const agreed = await open({ connect: { answers: { consent: accept() } } });
  await succeed(agreed.client, "upload_file", given);
  const wrong = { file: "talk.pptx", convert_to: "spreadsheet" };
  expect(await refusal(client, "upload_file", wrong)).toContain("Drive makes a spreadsheet of");
});
