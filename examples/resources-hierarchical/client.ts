import assert from "node:assert/strict";
import type { Client } from "@portico/core";

interface Entry {
  readonly name: string;
  readonly uri: string;
}

/** Walks down from the top and reads every page on the way. */
export async function check(client: Client): Promise<void> {
  const pages = new Map<string, string>();
  const waiting: Entry[] = await client.listResources();
  assert.equal(waiting.length, 2);
  for (const { uri } of waiting) {
    const text = await read(client, uri);
    if (uri.startsWith("manual://folder/")) waiting.push(...(JSON.parse(text) as Entry[]));
    else pages.set(uri, text);
  }
  assert.deepEqual(Object.fromEntries(pages), {
    "manual://file/welcome.md": "Begin with the first steps.",
    "manual://file/guide/first-steps.md": "Open the lid.",
    "manual://file/guide/repairs/hinge.md": "Two screws.",
    "manual://file/guide/repairs/lock.md": "Call us.",
  });

  // A folder is no file, and there is nothing beside the tree.
  for (const path of ["guide", "guide/attic.md", "../welcome.md", "constructor"]) {
    await assert.rejects(client.readResource(`manual://file/${path}`), /not found/);
  }
}

async function read(client: Client, uri: string): Promise<string> {
  const [content] = (await client.readResource(uri)).contents;
  assert.ok(content && "text" in content);
  return content.text;
}
