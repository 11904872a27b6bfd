import path from "node:path";
import { type Client, connect, httpClient } from "@portico/core";
import { call, listen, readText, refusal, scratch, tokenFor } from "@portico/testing-servers";
import { describe, expect, onTestFinished, test } from "vitest";
import { type FakeDrive, fakeDrive } from "./fake/drive.ts";
import { binary } from "./support/binary.ts";

const ann = tokenFor("ann");
const bob = tokenFor("bob");

/** A server of two callers, of whom Ann has an account of her own name; `default` is the operator's. */
async function serve(...flags: readonly string[]): Promise<{
  readonly fake: FakeDrive;
  open(token: string): Promise<Client>;
}> {
  const fake = await fakeDrive({ tokens: { hers: "ann", ops: "operator" } });
  const saved = (access_token: string) =>
    JSON.stringify({ access_token, expiry_date: Date.now() + 3_600_000 });
  const dir = scratch({
    tokens: `${ann.line}\n${bob.line}\n`,
    "accounts/ann.json": saved("hers"),
    "accounts/default.json": saved("ops"),
  });
  const at = (name: string) => path.join(dir, name);
  const server = await listen(
    [binary, "--auth-tokens", at("tokens"), "--download-dir", at("files"), ...flags],
    { GDRIVE_ACCOUNTS_DIR: at("accounts"), GDRIVE_API_URL: fake.url },
  );
  onTestFinished(async () => {
    await server.stop();
    await fake[Symbol.asyncDispose]();
  });
  return {
    fake,
    async open(token) {
      const headers = { Authorization: `Bearer ${token}` };
      const client = await connect(httpClient(server.url, { headers }), {
        clientInfo: { name: "test", version: "1.0.0" },
      });
      onTestFinished(() => client.close());
      return client;
    },
  };
}

describe("two callers of one server", () => {
  test("never share an account: each has the one of their own name, or none", async () => {
    const server = await serve();
    server.fake.store.put({ name: "tea hers", users: ["ann"] });
    const ours = server.fake.store.put({ name: "tea ours", users: ["operator"] });
    const a = await server.open(ann.token);
    const found = await call(a, "search", { query: "tea" });
    expect(found).toContain("tea hers");
    expect(found).not.toContain("tea ours");
    const b = await server.open(bob.token);
    expect(await refusal(b, "search", { query: "tea" })).toContain("No account of Google belongs");
    for (const client of [a, b]) {
      for (const account of ["default", "ann", "nobody"]) {
        if (client === a && account === "ann") continue;
        const { content } = await client.callTool("search", { query: "tea", account });
        expect(JSON.stringify(content)).not.toContain("tea ours");
      }
      expect(JSON.stringify(await client.listTools())).not.toContain("default.json");
      await expect(readText(client, `gdrive://default/${ours.meta.id}`)).rejects.toThrow();
    }
    expect(await b.listResources()).toEqual([]);
    await expect(readText(b, `gdrive:///${ours.meta.id}`)).rejects.toThrow("No account of Google");
    expect((await a.listResources()).map(({ name }) => name)).toEqual(["tea hers"]);
  });

  test("share all accounts when the operator says so", async () => {
    const server = await serve("--share-accounts");
    server.fake.store.put({ name: "tea ours", users: ["operator"] });
    const b = await server.open(bob.token);
    expect(await call(b, "search", { query: "tea" })).toContain("tea ours");
  });

  test("have folders of their own to download to", async () => {
    const server = await serve("--share-accounts");
    const { meta } = server.fake.store.put({ name: "tea.txt", content: "at five" });
    const [a, b] = await Promise.all([server.open(ann.token), server.open(bob.token)]);
    await call(a, "download_file", { file_id: meta.id });
    await call(b, "download_file", { file_id: meta.id });
    expect(await refusal(b, "download_file", { file_id: meta.id })).toContain("tea.txt");
  });
});
