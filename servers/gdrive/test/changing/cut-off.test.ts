import { refusal, scratch } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { Jail } from "../../src/jail/jail.ts";
import { accountsOf } from "../support/servers.ts";
import { open, pass } from "./support/open.ts";

test("an upload that is cancelled leaves the socket, and sends no more", async () => {
  const dir = scratch({ "film.mp4": Buffer.alloc(5_000_000) });
  const { client, fake } = await open({ uploads: new Jail(dir) });
  const came = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  fake.instead.push(pass, pass, pass, ({ gone }) => {
    came.resolve();
    gone.addEventListener("abort", () => left.resolve());
    return new Promise(() => undefined);
  });
  const cancel = new AbortController();
  const args = { file: "film.mp4" };
  const calling = client.callTool("upload_file", args, { signal: cancel.signal });
  await came.promise;
  const sent = fake.requests.length;
  cancel.abort();
  await expect(calling).rejects.toThrow();
  await left.promise;
  expect(fake.requests).toHaveLength(sent);
  expect(fake.store.files.size).toBe(1);
});

test("no refusal of a change tells a token, even one that Google repeats, or where the folder is", async () => {
  const token = "ya29.very-secret_token";
  const dir = scratch({ "a.txt": "a" });
  const { client, fake } = await open({
    fake: { tokens: { [token]: "ada" } },
    accounts: accountsOf({ default: token }),
    uploads: new Jail(dir),
    shareDomains: ["example.com"],
  });
  const file_id = fake.store.put({ name: "x.txt" }).meta.id;
  const calls: [string, object][] = [
    ["create_file", { name: "a.txt", content: "x" }],
    ["update_file", { file_id, content: "x" }],
    ["upload_file", { file: "a.txt" }],
    ["upload_file", { file: "none.txt" }],
    ["create_folder", { name: "F" }],
    ["copy_file", { file_id }],
    ["rename_file", { file_id, name: "y" }],
    ["trash_file", { file_id }],
    ["share_file", { file_id, type: "user", to: "bob@example.com", role: "reader" }],
    ["add_comment", { file_id, content: "x" }],
  ];
  for (const [name, args] of calls) {
    fake.instead.length = 0;
    for (let request = 0; request < 9; request++) {
      fake.instead.push(({ method, headers }) =>
        method === "GET"
          ? pass()
          : { status: 400, body: { error: { message: `Wrong: ${headers.authorization}` } } },
      );
    }
    const told = await refusal(client, name, args);
    expect(told, name).not.toContain("very-secret");
    expect(told, name).not.toContain(dir);
  }
});
