import { constants } from "node:fs";
import { type FileHandle, lstat, mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { GraphError } from "../graph/error.ts";
import { codeOf, refusal, type Writing, writeWhole } from "./file.ts";
import { decoded } from "./text.ts";

/** Most characters of a file's name: file systems take 255 bytes, of which a letter may need three. */
const LONGEST = 80;

const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} ._-]*[\p{L}\p{M}\p{N}_-])?$/u;

/** Names that Windows keeps for devices, whatever follows a dot. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * The folder through which graphs come and go as files. Callers name files in it, never paths; those who authenticated
 * have a folder of their own in it, which nobody else can name. Links are not followed.
 */
export class TransferFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Writes a file, for the operator's user alone. Whoever finds it finds all of it.
   * @throws {GraphError} `exists`, `full`, `invalid`
   */
  async write(
    owner: string,
    name: string,
    text: AsyncIterable<string>,
    { overwrite }: Writing,
  ): Promise<{ bytes: number }> {
    const path = await this.place(owner, name);
    try {
      return { bytes: await writeWhole(path, text, { overwrite }) };
    } catch (error) {
      throw refusal(error, name, "written");
    }
  }

  /**
   * The text of a file, in pieces.
   * @throws {GraphError} `invalid` when there is none that can be read
   */
  async *read(owner: string, name: string): AsyncIterable<string> {
    const path = await this.place(owner, name);
    let file: FileHandle | undefined;
    try {
      // Nobody shall wait for the other end of a pipe that lies there.
      file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      if (!(await file.stat()).isFile()) throw new GraphError("invalid", `"${name}" is no file.`);
      yield* decoded(file.createReadStream({ autoClose: false }));
    } catch (error) {
      throw refusal(error, name, "read");
    } finally {
      await file?.close();
    }
  }

  /**
   * Where a caller's file is, or would be; the folder it is in exists.
   * @throws {GraphError} `invalid` for what is no name of a file
   */
  async place(owner: string, name: string): Promise<string> {
    if (name.length > LONGEST || !NAME.test(name) || DEVICE.test(name)) {
      throw new GraphError(
        "invalid",
        `A file is named by 1 to ${LONGEST} letters, digits, spaces, dots, _ and -, beginning with a letter or digit: no path.`,
      );
    }
    try {
      await mkdir(this.#path, { recursive: true, mode: 0o700 });
      return join(owner === "" ? this.#path : await this.#own(owner), name);
    } catch (error) {
      throw refusal(error, name, "reached");
    }
  }

  async #own(owner: string): Promise<string> {
    const { createHash } = await import("node:crypto");
    const path = join(this.#path, `.${createHash("sha256").update(owner).digest("hex")}`);
    await mkdir(path, { mode: 0o700 }).catch((error) => {
      if (codeOf(error) !== "EEXIST") throw error;
    });
    if (!(await lstat(path)).isDirectory()) {
      throw new GraphError("invalid", "Your folder for files is a link; ask the operator.");
    }
    return path;
  }
}
