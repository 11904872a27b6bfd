import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { Writable } from "node:stream";
import { ConfigError } from "@portico/runner";
import type { About } from "./errands.ts";
import { GraphError } from "./graph/error.ts";
import type { GraphStore } from "./graph/store.ts";
import type { Scope } from "./graph/types.ts";
import { openStore } from "./open-store.ts";
import { inHome } from "./place.ts";
import { codeOf, refusal, writeWhole } from "./transfer/file.ts";
import { FORMATS, type Format, formatGraph, formatOf, parseGraph } from "./transfer/format.ts";
import { Left } from "./transfer/left.ts";
import { recognised } from "./transfer/recognised.ts";
import { decoded } from "./transfer/text.ts";

// What an operator can do with a memory from the command line, named as its flag.

/** Writes the project's graph to a new file, or to standard output. @throws {ConfigError} */
async function exportTo(target: string, about: About): Promise<void> {
  const shown = FORMATS.find((format) => format === target);
  const format = shown ?? formatNamedBy(target, "export");
  await withGraph(about, target, async (store, scope) => {
    const say = (sentence: string) => about.log.notice(sentence);
    const text = formatGraph(format, store.exportRecords(scope, {}), { say });
    if (shown) return print(text);
    const file = inHome(target);
    const bytes = await writeWhole(file, text, { overwrite: false });
    about.log.notice("Exported the graph.", { file, bytes });
  });
}

/** Adds what a file has to the project's graph. @throws {ConfigError} */
async function importFrom(source: string, about: About): Promise<void> {
  const format = formatNamedBy(source, "import");
  await withGraph(about, source, async (store, scope) => {
    const text = decoded(createReadStream(inHome(source)));
    const say = (sentence: string) => about.log.notice(sentence);
    const left = new Left();
    const records = left.watch(recognised(parseGraph(format, text, say)));
    const imported = await store.importRecords(scope, records, { client: "command line" });
    about.log.notice("Imported into the graph.", { ...imported });
    if (left.sentence !== undefined) say(left.sentence);
  });
}

/** Copies the database into a new file. @throws {ConfigError} */
async function backUpTo(target: string, about: About): Promise<void> {
  await withGraph(about, target, async (store) => {
    if (!store.backup) {
      throw new ConfigError("A memory in PostgreSQL is backed up with pg_dump.", {
        setting: "backup",
      });
    }
    const file = inHome(target);
    await store.backup(file);
    about.log.notice("Copied the database.", { file });
  });
}

export { backUpTo as backup, exportTo as export, importFrom as import };

function formatNamedBy(file: string, setting: "export" | "import"): Format {
  const format = formatOf(file);
  if (format) return format;
  throw new ConfigError(
    `The name of "${file}" does not tell its format; let it end in .jsonl, .json, .md or .graphml.`,
    { setting, insteadOf: file, value: `${file}.jsonl` },
  );
}

async function withGraph(
  { place, project, log }: About,
  file: string,
  use: (store: GraphStore, scope: Scope) => Promise<void>,
): Promise<void> {
  let store: GraphStore | undefined;
  try {
    store = await openStore(place, project, log);
    await use(store, { owner: "", project });
  } catch (error) {
    const told = refusal(error, basename(file), "used");
    throw told instanceof GraphError ? new ConfigError(told.message) : told;
  } finally {
    await store?.close();
  }
}

/** Past the guard that keeps everything but messages from standard output: here it carries none. */
async function print(text: AsyncIterable<string>): Promise<void> {
  // Each write hears of its own failure.
  process.stdout.on("error", () => undefined);
  const write = (piece: string) =>
    new Promise<void>((resolve, reject) => {
      Writable.prototype.write.call(process.stdout, piece, "utf8", (error) =>
        error ? reject(error) : resolve(),
      );
    });
  try {
    for await (const piece of text) await write(piece);
  } catch (error) {
    // Whoever read it has seen enough, as head has.
    if (codeOf(error) !== "EPIPE") throw error;
  }
}
