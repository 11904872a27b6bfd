import type { Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { GraphError } from "../graph/error.ts";
import type { GraphStore } from "../graph/store.ts";
import type { Imported, Scope } from "../graph/types.ts";
import type { Telling } from "./format.ts";
import { parseJsonl } from "./jsonl.ts";
import { Left } from "./left.ts";

/**
 * Takes the file of an official memory server over into a graph, without changing the file. A file that was taken
 * over is left alone until it changes; then what it has beyond the graph is added.
 * @param say takes a sentence on what was left as it is
 * @returns what was taken over; nothing where there is no file, or nothing new in it
 * @throws {GraphError} `invalid` when the file cannot be read
 */
export async function takeOver(
  store: GraphStore,
  scope: Scope,
  file: string,
  { say }: Telling,
): Promise<Imported | undefined> {
  const path = resolve(file);
  const found = await readable(() => stat(path));
  if (found === undefined) return undefined;
  const known = await store.takenOver(scope, path);
  const [bytes, modified] = [found.size, found.mtimeMs];
  if (known?.bytes === bytes && known.modified === modified) return undefined;
  const { createHash } = await import("node:crypto");
  if (known !== undefined) {
    const hash = createHash("sha256");
    await readable(async () => {
      for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer);
    });
    const digest = hash.digest("hex");
    if (known.digest === digest) {
      await store.markTakenOver(scope, { path, bytes, modified, digest });
      return undefined;
    }
  }
  const hash = createHash("sha256");
  const left = new Left();
  const records = left.watch(parseJsonl(textOf(path, hash)));
  const imported = await readable(() =>
    store.importRecords(scope, records, { client: "memory file" }),
  );
  await store.markTakenOver(scope, { path, bytes, modified, digest: hash.digest("hex") });
  if (left.sentence !== undefined) say(left.sentence);
  return imported;
}

/** A file's text in pieces; what is read is added to `hash`. */
async function* textOf(path: string, hash: Hash): AsyncIterable<string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  for await (const bytes of createReadStream(path)) {
    hash.update(bytes as Buffer);
    yield decoder.decode(bytes as Buffer, { stream: true });
  }
  yield decoder.decode();
}

/** What `read` gives; nothing where there is no file. */
async function readable<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (error instanceof GraphError || typeof code !== "string") throw error;
    if (code === "ENOENT") return undefined;
    throw new GraphError(
      "invalid",
      `The memory file to take over cannot be read (${code}); make it readable, or name another.`,
    );
  }
}
