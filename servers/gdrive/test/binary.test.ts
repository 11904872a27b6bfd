import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { REVISIONS } from "@portico/core";
import { call, openRemote, readText, refusal, scratch } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { FORMATS } from "../src/files/kinds.ts";
import { fakeDrive } from "./fake/drive.ts";
import { binary, openBinary, signedIn } from "./support/binary.ts";
import { pdfFile, wordFile } from "./support/office.ts";

const search = { query: "tea" };

describe.each(REVISIONS)("the binary with revision %s", (revision) => {
  test("finds and reads over stdio and over HTTP", async () => {
    await using fake = await fakeDrive();
    const { meta } = fake.store.put({ name: "tea.txt", content: "at five" });
    const near = await openBinary(signedIn(fake.url), [], { revision });
    expect(await call(near, "search", search)).toContain("tea.txt (text/plain)");
    expect(await readText(near, `gdrive:///${meta.id}`)).toBe("at five");
    const far = await openRemote([binary], "http", { env: signedIn(fake.url), revision });
    expect(await call(far, "read_file", { file_id: meta.id })).toContain("at five");
  });
});

test("it tells subscribers what changed", async () => {
  await using fake = await fakeDrive();
  const { meta } = fake.store.put({ name: "tea.txt" });
  const client = await openBinary(signedIn(fake.url));
  const subscription = await client.subscribe({ uris: [`gdrive:///${meta.id}`] });
  const asked = fake.requests.map(({ path }) => path);
  expect(asked).toContain("/drive/v3/changes/startPageToken");
  await subscription.close();
});

test("it reads what needs a package of others", async () => {
  await using fake = await fakeDrive();
  const client = await openBinary(signedIn(fake.url));
  const pdf = fake.store.put({ mimeType: FORMATS.pdf, content: pdfFile(["Tea at five"]) });
  expect(await call(client, "read_file", { file_id: pdf.meta.id })).toContain("Tea at five");
  const content = wordFile("<w:p><w:r><w:t>and cake</w:t></w:r></w:p>");
  const word = fake.store.put({ mimeType: FORMATS.docx, content });
  expect(await call(client, "read_file", { file_id: word.meta.id })).toContain("and cake");
});

test("the archived server's files and variables are its own", async () => {
  await using fake = await fakeDrive();
  fake.store.put({ name: "tea.txt" });
  const saved = { access_token: "good", expiry_date: Date.now() + 3_600_000 };
  const dir = scratch({ "saved.json": JSON.stringify(saved) });
  const client = await openBinary({
    GDRIVE_CREDENTIALS_PATH: path.join(dir, "saved.json"),
    GDRIVE_API_URL: fake.url,
  });
  expect(await call(client, "search", search)).toMatch(/^Found 1 files:\ntea.txt \(text\/plain\)/);
});

test("without a credential it starts, lists its tools, and each call says how to get one", async () => {
  const client = await openBinary({ XDG_CONFIG_HOME: scratch({}) });
  expect((await client.listTools()).length).toBeGreaterThan(5);
  expect(await refusal(client, "search", search)).toContain(
    "https://console.cloud.google.com/apis/credentials",
  );
});

test("it saves files in its folder only when it has one", async () => {
  await using fake = await fakeDrive();
  const { meta } = fake.store.put({ name: "tea.txt", content: "at five" });
  const dir = scratch({});
  const client = await openBinary({ ...signedIn(fake.url), GDRIVE_DOWNLOAD_DIR: dir });
  await call(client, "download_file", { file_id: meta.id });
  expect(fs.readFileSync(path.join(dir, "tea.txt"), "utf8")).toBe("at five");
});

test("--read-only leaves the tools that only read", async () => {
  await using fake = await fakeDrive();
  const client = await openBinary(signedIn(fake.url), ["--read-only", "--toolsets=all"]);
  for (const { name, annotations } of await client.listTools()) {
    expect([name, annotations?.readOnlyHint]).toEqual([name, true]);
  }
  await expect(client.callTool("create_folder", { name: "x" })).rejects.toThrow("Unknown tool");
});

test.each([
  [["--toolsets", "files,mail"], 'There is no toolset "mail"'],
  [["--google-api-url", "http://google.example/"], "must be an address that begins with https://"],
  [["--google-api-url", "https://user:pass@google.example/"], "without user"],
  [["--token-key", "short"], "--token-key"],
])("%j is refused with the corrected line", (args, says) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [binary, ...args], {
    encoding: "utf8",
    input: "",
    env: { PATH: process.env.PATH },
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(says);
});
