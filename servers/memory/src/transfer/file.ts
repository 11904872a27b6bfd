import { constants } from "node:fs";
import { link, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { GraphError } from "../graph/error.ts";

/** What may be done about a file that exists. */
export interface Writing {
  readonly overwrite: boolean;
}

/**
 * Writes a file for this user alone. Whoever finds it finds all of it, and it is on the disk.
 * @returns its bytes
 */
export async function writeWhole(
  path: string,
  text: AsyncIterable<string>,
  { overwrite }: Writing,
): Promise<number> {
  const partial = join(dirname(path), `.${crypto.randomUUID()}.part`);
  try {
    const bytes = await fill(partial, text);
    // A link, unlike a renaming, does not replace what is there; neither follows a link that is there.
    if (overwrite) await rename(partial, path);
    else await link(partial, path);
    return bytes;
  } finally {
    await rm(partial, { force: true });
  }
}

async function fill(path: string, text: AsyncIterable<string>): Promise<number> {
  const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;
  const file = await open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    let bytes = 0;
    for await (const piece of gathered(text)) {
      const portion = Buffer.from(piece);
      await file.writeFile(portion);
      bytes += portion.length;
    }
    await file.sync();
    return bytes;
  } finally {
    await file.close();
  }
}

/** Characters written at once. */
const PORTION = 64 * 1024;

/** The same text in fewer pieces. */
async function* gathered(text: AsyncIterable<string>): AsyncIterable<string> {
  let portion = "";
  for await (const piece of text) {
    portion += piece;
    if (portion.length < PORTION) continue;
    yield portion;
    portion = "";
  }
  yield portion;
}

/** What may be told of a failure, under a name that may be told: never where the file is. */
export function refusal(error: unknown, name: string, done: string): unknown {
  const code = codeOf(error);
  if (error instanceof GraphError || typeof code !== "string") return error;
  if (code === "EEXIST") {
    return new GraphError("exists", `"${name}" exists already; choose another name.`);
  }
  if (code === "ENOENT") return new GraphError("invalid", `There is no file "${name}".`);
  if (code === "ENOSPC") return new GraphError("full", `There is no room for "${name}".`);
  return new GraphError("invalid", `"${name}" cannot be ${done} (${code}).`);
}

/** The name of a failure of the system, as `ENOENT`. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
