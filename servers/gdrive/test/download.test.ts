import fs from "node:fs";
import path from "node:path";
import { refusal, scratch, structured } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { Jail } from "../src/jail/jail.ts";
import { open } from "./support/servers.ts";

async function openWithFolder() {
  const folder = path.join(scratch({}), "files");
  const opened = await open({ downloads: new Jail(folder) });
  return { ...opened, folder, read: (name: string) => fs.readFileSync(path.join(folder, name)) };
}

test("a file is saved as it is, byte by byte", async () => {
  const { client, fake, read } = await openWithFolder();
  const content = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 256));
  const { meta } = fake.store.put({ name: "tea.bin", mimeType: "application/x-tea", content });
  const saved = await structured(client, "download_file", { file_id: meta.id });
  expect(saved).toEqual({ name: "tea.bin", bytes: 300_000, mimeType: "application/x-tea" });
  expect(read("tea.bin").equals(content)).toBe(true);
});

test("how far a download has got is told", async () => {
  const { client, fake } = await openWithFolder();
  const { meta } = fake.store.put({ name: "tea.bin", content: Buffer.alloc(1_000_000) });
  const heard: { readonly progress: number; readonly total?: number }[] = [];
  const onProgress = (told: (typeof heard)[number]) => void heard.push(told);
  await client.callTool("download_file", { file_id: meta.id }, { onProgress });
  expect(heard.at(-1)).toMatchObject({ progress: 1_000_000, total: 1_000_000 });
});

test("a Google document is saved as Word or as what is asked for", async () => {
  const { client, fake, read } = await openWithFolder();
  const { meta } = fake.store.put({
    name: "Plan: tea/cake",
    mimeType: "application/vnd.google-apps.document",
    exports: { "application/pdf": "%PDF", "text/markdown": "# Tea" },
    content: "word",
  });
  const word = await structured(client, "download_file", { file_id: meta.id });
  expect(word.name).toBe("Plan_ tea_cake.docx");
  expect(read("Plan_ tea_cake.docx").toString()).toBe("word");
  const pdf = { file_id: meta.id, format: "pdf", name: "plan.pdf" };
  await structured(client, "download_file", pdf);
  expect(read("plan.pdf").toString()).toBe("%PDF");
});

test("what is there is replaced only when asked", async () => {
  const { client, fake, read } = await openWithFolder();
  const { meta } = fake.store.put({ name: "tea.txt", content: "one" });
  await structured(client, "download_file", { file_id: meta.id });
  expect(await refusal(client, "download_file", { file_id: meta.id })).toContain("tea.txt");
  const again = fake.store.put({ name: "tea.txt", content: "two" });
  await structured(client, "download_file", { file_id: again.meta.id, overwrite: true });
  expect(read("tea.txt").toString()).toBe("two");
});

test("GD2: nothing is saved outside of the folder, whatever a file is called", async () => {
  const { client, fake, folder } = await openWithFolder();
  for (const name of ["../out", "/etc/out", "a\\..\\..\\out", "..", ".profile", "x\0y"]) {
    const { meta } = fake.store.put({ name, content: "tea" });
    const saved = await structured(client, "download_file", { file_id: meta.id });
    expect(fs.readdirSync(folder)).toContain(saved.name);
    await refusal(client, "download_file", { file_id: meta.id, name: "../out" });
  }
  expect(fs.existsSync(path.join(folder, "../out"))).toBe(false);
});

test("a file is saved whatever Drive calls it, with the ending of what it is saved as", async () => {
  const { client, fake, folder } = await openWithFolder();
  const mimeType = "application/vnd.google-apps.document";
  for (const name of ["茶".repeat(120), "plan. ", "con", "a\u202eb", "x".repeat(300)]) {
    const { meta } = fake.store.put({ name, mimeType, content: "word" });
    const saved = await structured(client, "download_file", { file_id: meta.id });
    expect(saved.name).toMatch(/^[^\u202e]{1,200}\.docx$/u);
    expect(fs.readdirSync(folder)).toContain(saved.name);
  }
});

test("the tool is offered only where there is a folder", async () => {
  const { client } = await open();
  expect((await client.listTools()).map(({ name }) => name)).not.toContain("download_file");
  const { client: other } = await openWithFolder();
  expect((await other.listTools()).map(({ name }) => name)).toContain("download_file");
});
