import type { Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { GraphError } from "../graph/error.ts";
import type { GraphStore } from "../graph/store.ts";
import type { Imported, Scope } from "../graph/types.ts";
import { Additions } from "./additions.ts";
import type { Telling } from "./format.ts";
import { parseJsonl } from "./jsonl.ts";
import { Left } from "./left.ts";

/**
 * Takes the file of an official memory server over into a graph, without changing the file. A file that was taken
 * over is left alone until it changes; then what is new in it is added. What was taken over once is never taken over
 * again, also when it was deleted or renamed since; what vanishes from the file stays in the graph.
 * @param say takes a sentence on what was left as it is
 * @returns what was taken over; nothing where there is no file, or it did not change
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
  const additions = new Additions(store, scope, left);
  const imported = await readable(() => additions.from(parseJsonl(textOf(path, hash))));
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
