import { promises } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TextRows } from "../database/database.ts";
import { newId } from "../transactions/id.ts";
import type { Owner } from "../transactions/leases.ts";
import { ExportFile } from "./export-file.ts";
import { type ExportFormat, type Lines, linesOf } from "./lines.ts";
import { withSteadyHeap } from "./steady-heap.ts";

/** Milliseconds a file is kept. */
const KEPT_MS = 60 * 60 * 1_000;
/** Bytes a file may have. */
const MOST_BYTES = 100 * 1024 * 1024;
/** Files each owner may have; the oldest makes room for a new one. */
const MOST_EACH = 10;
/** Files of all owners together. */
const MOST = 50;

/** Rows in a file. */
export interface Export {
  readonly id: string;
  readonly database: string;
  readonly format: ExportFormat;
  readonly rows: number;
  readonly bytes: number;
  readonly parts: number;
  /** Texts that got an apostrophe, so that a spreadsheet does not run them. */
  readonly defused: number;
  /** The text of a part, counted from 1; nothing where there is no such part. */
  read(part: number): Promise<string | undefined>;
}

interface Kept extends Export {
  readonly owner: Owner;
  readonly file: ExportFile;
  readonly timer: NodeJS.Timeout;
}

/** What to write, and whom to tell. */
export interface ExportRequest {
  readonly owner: Owner;
  readonly database: string;
  readonly format: ExportFormat;
  /** Hears how many rows were written. */
  readonly progress: (rows: number) => void;
}

/** Files with rows, each for its owner, in a folder nobody else can enter. They go with the server. */
export class Exports {
  readonly #kept = new Map<string, Kept>();
  #folder: Promise<string> | undefined;

  /**
   * Writes rows to a new file.
   * @throws {ExportTooLarge}
   */
  async write(portions: AsyncIterable<TextRows>, request: ExportRequest): Promise<Export> {
    const id = newId();
    this.#folder ??= promises.mkdtemp(join(tmpdir(), "portico-postgres-"));
    const file = await ExportFile.create(join(await this.#folder, id), MOST_BYTES);
    try {
      const written = await withSteadyHeap(() => writeAll(file, portions, request));
      await file.finish();
      return await this.#keep(id, file, request, written);
    } catch (error) {
      await file.remove();
      throw error;
    }
  }

  /** The export with this id, where it is this owner's. */
  find(owner: Owner, id: string): Export | undefined {
    const found = this.#kept.get(id);
    return found?.owner === owner ? found : undefined;
  }

  /** All of an owner's exports, the oldest first. */
  of(owner: Owner): Export[] {
    return [...this.#kept.values()].filter((one) => one.owner === owner);
  }

  /** Deletes every file. */
  async close(): Promise<void> {
    for (const { timer } of this.#kept.values()) clearTimeout(timer);
    this.#kept.clear();
    if (this.#folder) await promises.rm(await this.#folder, { recursive: true, force: true });
  }

  async #keep(
    id: string,
    file: ExportFile,
    { owner, database, format }: ExportRequest,
    { rows, defused }: Written,
  ): Promise<Export> {
    const timer = setTimeout(() => void this.#remove(id), KEPT_MS).unref();
    const { bytes, parts } = file;
    const read = (part: number) => file.read(part - 1);
    const kept = { id, database, format, rows, bytes, parts, defused, read, owner, file, timer };
    this.#kept.set(id, kept);
    const own = this.of(owner);
    if (own.length > MOST_EACH) await this.#remove(own[0]!.id);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST && oldest !== undefined) await this.#remove(oldest);
    return kept;
  }

  async #remove(id: string): Promise<void> {
    const kept = this.#kept.get(id);
    if (kept === undefined) return;
    clearTimeout(kept.timer);
    this.#kept.delete(id);
    await kept.file.remove();
  }
}

interface Written {
  readonly rows: number;
  readonly defused: number;
}

async function writeAll(
  file: ExportFile,
  portions: AsyncIterable<TextRows>,
  { format, progress }: ExportRequest,
): Promise<Written> {
  let lines: Lines | undefined;
  let count = 0;
  for await (const { columns, rows } of portions) {
    if (lines === undefined) {
      lines = linesOf(format, columns);
      file.append(lines.head);
    }
    for (const row of rows) file.append(lines.line(row));
    await file.flush();
    count += rows.length;
    progress(count);
  }
  return { rows: count, defused: lines?.defused ?? 0 };
}
