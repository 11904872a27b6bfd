import { type Dirent, opendirSync, promises, readdirSync, type Stats } from "node:fs";
import type { Confinement } from "./confinement.ts";
import { localDisk } from "./disk.ts";
import { errnoOf } from "./errors.ts";
import { type Held, mustBeDirectory } from "./held.ts";
import type { Entry, EntryType, Listing, Place, SizedEntry } from "./types.ts";

/** Directories whose own size is beyond this have thousands of entries and are read in batches. */
const largeDirectory = 64 * 1024;
const batchSize = 512;

function typeOf(entry: Dirent | Stats): EntryType {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "directory";
  return entry.isSymbolicLink() ? "link" : "other";
}

function toEntry(dirent: Dirent): Entry {
  return { name: dirent.name, type: typeOf(dirent) };
}

function pause(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}

/** Hands out the entries of a held directory in batches, with time for other calls in between. */
export async function* batches(held: Held): AsyncGenerator<Entry[], void, undefined> {
  mustBeDirectory(held);
  if (held.stats.size <= largeDirectory) yield (await held.disk.readdir(held.entry)).map(toEntry);
  else if (held.disk === localDisk) yield* directBatches(held.entry);
  else yield* pooledBatches(held.entry);
}

async function* directBatches(entry: string): AsyncGenerator<Entry[], void, undefined> {
  const directory = opendirSync(entry, { bufferSize: batchSize });
  try {
    for (let batch: Entry[] = []; ; batch = []) {
      let dirent = directory.readSync();
      for (; dirent && batch.length < batchSize - 1; dirent = directory.readSync())
        batch.push(toEntry(dirent));
      if (dirent) batch.push(toEntry(dirent));
      yield batch;
      if (!dirent) return;
      await pause();
    }
  } finally {
    directory.closeSync();
  }
}

async function* pooledBatches(entry: string): AsyncGenerator<Entry[], void, undefined> {
  let batch: Entry[] = [];
  for await (const dirent of await promises.opendir(entry, { bufferSize: batchSize })) {
    batch.push(toEntry(dirent));
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/** The first `limit` entries of a directory in no particular order, for walkers; `more` when there are others. */
export async function entriesOf(
  confinement: Confinement,
  place: Place,
  limit: number,
): Promise<{ entries: Entry[]; more: boolean }> {
  using held = await confinement.hold(place);
  const entries: Entry[] = [];
  for await (const batch of batches(held)) {
    for (const entry of batch) {
      if (entries.length >= limit) return { entries, more: true };
      entries.push(entry);
    }
  }
  return { entries, more: false };
}

/** {@link entriesOf} at once, for a small directory on a local disk; undefined for any other. */
export function entriesNow(confinement: Confinement, place: Place): Entry[] | undefined {
  using held = confinement.directoryNow(place);
  if (held === undefined || held.disk !== localDisk || held.stats.size > largeDirectory) {
    return undefined;
  }
  return readdirSync(held.entry, { withFileTypes: true }).map(toEntry);
}

/** Which page of a directory to list. */
export interface ListOptions {
  /** The most entries to hand out, default 1,000. */
  readonly limit?: number;
  /** Only names that sort after this one: the `next` of the page before. */
  readonly after?: string;
}

function byName(a: Entry, b: Entry): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** Keeps the `limit` smallest of any number of entries in memory for about twice that many. */
class Smallest {
  kept: Entry[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(entry: Entry): void {
    this.kept.push(entry);
    if (this.kept.length >= 2 * this.#limit + batchSize) this.trim();
  }

  trim(): void {
    this.kept.sort(byName);
    if (this.kept.length > this.#limit) this.kept.length = this.#limit;
  }
}

async function page(held: Held, { limit = 1000, after }: ListOptions): Promise<Listing> {
  const smallest = new Smallest(limit);
  let total = 0;
  let eligible = 0;
  for await (const batch of batches(held)) {
    total += batch.length;
    for (const entry of batch) {
      if (after !== undefined && entry.name <= after) continue;
      eligible += 1;
      smallest.add(entry);
    }
  }
  smallest.trim();
  const entries = smallest.kept;
  const next = eligible > entries.length ? entries.at(-1)?.name : undefined;
  return { entries, total, next };
}

/** Lists one page of a directory. Links are named as links and never followed. */
export async function list(
  confinement: Confinement,
  place: Place,
  options: ListOptions,
): Promise<Listing> {
  using held = await confinement.hold(place);
  return await page(held, options);
}

/** Lists one page of a directory with sizes and times; entries that vanish meanwhile are left out. */
export async function listSized(
  confinement: Confinement,
  place: Place,
  options: ListOptions,
): Promise<Listing<SizedEntry>> {
  using held = await confinement.hold(place);
  const { entries, total, next } = await page(held, options);
  const sized: SizedEntry[] = [];
  for (const [index, entry] of entries.entries()) {
    if (index % batchSize === batchSize - 1) await pause();
    const stats = await lstatIfThere(held, entry.name);
    if (stats)
      sized.push({
        name: entry.name,
        type: typeOf(stats),
        size: stats.size,
        modified: stats.mtimeMs,
      });
  }
  return { entries: sized, total, next };
}

async function lstatIfThere(held: Held, name: string): Promise<Stats | undefined> {
  try {
    return await held.disk.lstat(held.at(name));
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
