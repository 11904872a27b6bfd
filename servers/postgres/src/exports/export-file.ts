import { promises } from "node:fs";

/** Bytes of a file after which a new part begins: what a client reads at once must stay small. */
const PART_BYTES = 4 * 1024 * 1024;

/** A file that grew too large; one sentence that says what to do. */
export class ExportTooLarge extends Error {
  override readonly name = "ExportTooLarge";
}

/** A file that is written once, line by line, and then read in parts that end where lines do. */
export class ExportFile {
  readonly #path: string;
  readonly #mostBytes: number;
  readonly #handle: promises.FileHandle;
  readonly #starts = [0];
  #waiting: string[] = [];
  #bytes = 0;

  private constructor(path: string, mostBytes: number, handle: promises.FileHandle) {
    this.#path = path;
    this.#mostBytes = mostBytes;
    this.#handle = handle;
  }

  /** Creates a file that only this user can read. */
  static async create(path: string, mostBytes: number): Promise<ExportFile> {
    return new ExportFile(path, mostBytes, await promises.open(path, "wx+", 0o600));
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** How many parts it has, at least one. */
  get parts(): number {
    return this.#starts.length;
  }

  /**
   * Adds a line, which is kept in memory until {@link flush}.
   * @throws {ExportTooLarge}
   */
  append(line: string): void {
    const bytes = Buffer.byteLength(line);
    if (this.#bytes + bytes > this.#mostBytes) {
      throw new ExportTooLarge(
        `The export would be larger than ${this.#mostBytes / 1024 / 1024} MB; select less, or export it in several pieces.`,
      );
    }
    const inPart = this.#bytes - this.#starts.at(-1)!;
    if (inPart > 0 && inPart + bytes > PART_BYTES) this.#starts.push(this.#bytes);
    this.#bytes += bytes;
    this.#waiting.push(line);
  }

  /** Writes the lines that wait. */
  async flush(): Promise<void> {
    const chunk = this.#waiting.join("");
    this.#waiting = [];
    await this.#handle.writeFile(chunk);
  }

  /** Adds no more to it. */
  finish(): Promise<void> {
    return this.#handle.close();
  }

  /** The text of a part; nothing where there is no such part. */
  async read(part: number): Promise<string | undefined> {
    const start = this.#starts[part];
    if (start === undefined) return undefined;
    const length = (this.#starts[part + 1] ?? this.#bytes) - start;
    const handle = await promises.open(this.#path, "r");
    try {
      const { buffer } = await handle.read(Buffer.alloc(length), 0, length, start);
      return buffer.toString("utf8");
    } finally {
      await handle.close();
    }
  }

  /** Deletes it. */
  async remove(): Promise<void> {
    await this.#handle.close();
    await promises.rm(this.#path, { force: true });
  }
}
