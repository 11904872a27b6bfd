import { constants } from "node:fs";
import { type FileHandle, link, lstat, mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { codeOf, isLink, JailError, refusal } from "./error.ts";
import { checkName } from "./name.ts";

/** A file of the folder, open for reading. Closed when disposed. */
export interface JailedFile extends AsyncDisposable {
  /** Bytes, when it was opened. */
  readonly size: number;
  /**
   * The bytes from `position` on.
   * @throws {JailError} when there are fewer than `length`: the file was changed meanwhile
   */
  read(position: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** What may be done about a file that exists. */
export interface Writing {
  readonly overwrite: boolean;
}

/**
 * A folder of the operator's machine through which files come and go. Callers name files in it, never paths; callers
 * who authenticated have a folder of their own in it, which nobody else can name. Links are not followed.
 */
export class Jail {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Opens a file for reading.
   * @param owner who the caller is; empty where nobody authenticated
   * @throws {JailError}
   */
  async open(owner: string, name: string): Promise<JailedFile> {
    const path = await this.#place(owner, name);
    let file: FileHandle | undefined;
    try {
      // Nobody shall wait for the other end of a pipe that lies there.
      file = await open(path, constants.O_RDONLY | NO_FOLLOW | (constants.O_NONBLOCK ?? 0));
      return opened(file, await sizeOf(file, path, name), name);
    } catch (error) {
      await file?.close();
      throw refusal(error, name, "read");
    }
  }

  /**
   * Writes a file for the operator's user alone. Whoever finds it finds all of it.
   * @param owner who the caller is; empty where nobody authenticated
   * @returns its bytes
   * @throws {JailError}
   */
  async write(
    owner: string,
    name: string,
    pieces: AsyncIterable<Uint8Array>,
    { overwrite }: Writing,
  ): Promise<number> {
    const path = await this.#place(owner, name);
    const partial = join(path, "..", `.${crypto.randomUUID()}.part`);
    try {
      const bytes = await fill(partial, pieces);
      // Neither follows a link that is there, and a link, unlike a renaming, does not replace what is there.
      if (overwrite) await rename(partial, path);
      else await link(partial, path);
      return bytes;
    } catch (error) {
      throw refusal(error, name, "written");
    } finally {
      await rm(partial, { force: true });
    }
  }

  async #place(owner: string, name: string): Promise<string> {
    checkName(name);
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      return join(owner === "" ? this.#folder : await this.#own(owner), name);
    } catch (error) {
      throw refusal(error, name, "reached");
    }
  }

  async #own(owner: string): Promise<string> {
    const { createHash } = await import("node:crypto");
    const path = join(this.#folder, `.${createHash("sha256").update(owner).digest("hex")}`);
    await mkdir(path, { mode: 0o700 }).catch((error) => {
      if (codeOf(error) !== "EEXIST") throw error;
    });
    if ((await lstat(path)).isDirectory()) return path;
    throw new JailError("Your folder for files is a link; ask the operator.");
  }
}

/** Windows has no such flag; there {@link sizeOf} alone finds links. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

/** The size of what was opened, which must be a file and have this very name. */
async function sizeOf(file: FileHandle, path: string, name: string): Promise<number> {
  const stats = await file.stat({ bigint: true });
  const named = await lstat(path, { bigint: true });
  if (named.isSymbolicLink() || named.ino !== stats.ino || named.dev !== stats.dev) {
    throw isLink(name);
  }
  if (!stats.isFile()) throw new JailError(`"${name}" is no file.`);
  return Number(stats.size);
}

function opened(file: FileHandle, size: number, name: string): JailedFile {
  return {
    size,
    async read(position, length) {
      const bytes = new Uint8Array(length);
      for (let filled = 0; filled < length; ) {
        const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
        if (bytesRead === 0) throw new JailError(`"${name}" was changed while it was read.`);
        filled += bytesRead;
      }
      return bytes;
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}

async function fill(path: string, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  const { O_CREAT, O_EXCL, O_WRONLY } = constants;
  const file = await open(path, O_WRONLY | O_CREAT | O_EXCL | NO_FOLLOW, 0o600);
  try {
    let bytes = 0;
    for await (const piece of pieces) {
      await file.writeFile(piece);
      bytes += piece.byteLength;
    }
    await file.sync();
    return bytes;
  } finally {
    await file.close();
  }
}
