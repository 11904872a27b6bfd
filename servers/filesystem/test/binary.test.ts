import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { REVISIONS } from "@portico/core";
import { call, openRemote, readText, refusal, scratch } from "@portico/testing-servers";
import { describe, expect, onTestFinished, test } from "vitest";
import { binary, openBinary } from "./support/servers.ts";

// What the in-process tests prove in detail, once over with the published binary in a process of its own.

const uriOf = (...parts: string[]) => pathToFileURL(path.join(...parts)).href;

const ways = (["stdio", "http", "websocket"] as const).flatMap((carrier) =>
  REVISIONS.map((revision) => ({ carrier, revision })),
);

describe.each(ways)("the binary over $carrier with revision $revision", ({ carrier, revision }) => {
  const open = (args: readonly string[], options: Parameters<typeof openBinary>[1]) =>
    carrier === "stdio"
      ? openBinary(args, options)
      : openRemote([binary, ...args], carrier, options);

  test("serves tools, resources, prompts and completions within the client's roots", async () => {
    const dir = scratch({ "a/f.txt": "one\n", "b/g.txt": "" });
    const roots = [{ uri: uriOf(dir, "a") }];
    const client = await open([dir], { revision, roots });
    onTestFinished(() => client.close());
    expect(client.server.revision).toBe(revision);
    expect(await client.listTools()).toHaveLength(20);
    expect(await call(client, "read_text_file", { path: "f.txt" })).toBe("one\n");
    expect(await refusal(client, "read_text_file", { path: `${dir}/b/g.txt` })).toMatch(/outside/);
    await call(client, "edit_file", { path: "f.txt", edits: [{ oldText: "one", newText: "two" }] });
    expect(await readText(client, uriOf(dir, "a/f.txt"))).toBe("two\n");
    const { messages } = await client.getPrompt("code_review", { file_path: "f.txt" });
    expect(messages).toHaveLength(2);
    const ref = { type: "ref/resource" as const, uri: "file:///{+path}" };
    const argument = { name: "path", value: `${dir}/a/` };
    const { completion } = await client.complete({ ref, argument });
    expect(completion.values).toEqual([`${dir}/a/f.txt`]);
  });

  test("asks before it deletes, where the revision has a question for it", async () => {
    const dir = scratch({ f: "" });
    const asked: string[] = [];
    const form = ({ message }: { message: string }) => {
      asked.push(message);
      return { action: "accept" as const, content: {} };
    };
    const client = await open([dir], { revision, onElicit: { form } });
    onTestFinished(() => client.close());
    const hasForms = !["2024-11-05", "2025-03-26"].includes(revision);
    const result = await client.callTool("delete_file", { path: "f" });
    expect(result.isError ?? false).toBe(!hasForms);
    expect(asked).toEqual(hasForms ? [`Delete ${dir}/f?`] : []);
    expect(fs.existsSync(path.join(dir, "f"))).toBe(!hasForms);
  });

  test("tells of changes, and ends with its client", async () => {
    const dir = scratch({ f: "" });
    const client = await open([dir], { revision });
    const uri = uriOf(dir, "f");
    const subscription = await client.subscribe({ uris: [uri] });
    fs.writeFileSync(path.join(dir, "f"), "changed");
    expect((await subscription.next()).value).toEqual({ kind: "resource", uri });
    await client.close();
    expect(await client.closed).toBeUndefined();
  });
});
