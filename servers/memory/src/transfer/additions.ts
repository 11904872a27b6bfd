import { portionsOf } from "../graph/portions.ts";
import type { GraphStore } from "../graph/store.ts";
import type { GraphRecord, Imported, Named, Scope } from "../graph/types.ts";
import { KnownStatements, pack } from "./known-statements.ts";
import type { Left } from "./left.ts";
import { entityStatement, newIn, type Statement, typeStatement } from "./statements.ts";

/** Most records that are compared with what is known, and added, at once. */
const PORTION = 1_000;

/** Who says what a file says. */
const AUTHOR = { client: "memory file" };

/** Adds to a graph what a file says that was never taken over into it. */
export class Additions {
  readonly #store: GraphStore;
  readonly #scope: Scope;
  readonly #left: Left;

  constructor(store: GraphStore, scope: Scope, left: Left) {
    this.#store = store;
    this.#scope = scope;
    this.#left = left;
  }

  /** Adds what is new in the records of a file. */
  async from(records: AsyncIterable<GraphRecord>): Promise<Imported> {
    const known = new KnownStatements(await this.#store.keptStatements(this.#scope));
    const sum = { entities: 0, observations: 0, relations: 0, known: 0, foreign: 0 };
    for await (const portion of portionsOf(records, PORTION)) {
      const imported = await this.#add(portion, known);
      for (const key of Object.keys(sum) as (keyof Imported)[]) sum[key] += imported[key];
    }
    return sum;
  }

  async #add(portion: readonly GraphRecord[], known: KnownStatements): Promise<Imported> {
    const taken = new Set<Statement>();
    const news = portion.flatMap((record) => newIn(record, take) ?? []);
    function take(statement: Statement): boolean {
      if (known.has(statement)) return false;
      taken.add(statement);
      return true;
    }
    const names = news.flatMap(namesIn).filter((name) => known.has(entityStatement(name)));
    const heirs = await this.#store.nowCalled(this.#scope, [...new Set(names)]);
    const present = news.map((record) => asCalledNow(record, heirs, known));
    const imported = await this.#store.importRecords(
      this.#scope,
      this.#left.watch(each(present)),
      AUTHOR,
    );
    // Only now: what a crash cuts off is taken over by the next.
    if (taken.size > 0) await this.#store.keepStatements(this.#scope, pack(taken));
    return { ...imported, known: imported.known + portion.length - news.length };
  }
}

/** A record with the names, and the type, that entities of the file were given in the graph since. */
function asCalledNow(
  record: GraphRecord,
  heirs: ReadonlyMap<string, Named>,
  known: KnownStatements,
): GraphRecord {
  if (record.kind === "foreign") return record;
  const called = (name: string) => heirs.get(name)?.name ?? name;
  if (record.kind === "relation") {
    return { ...record, from: called(record.from), to: called(record.to) };
  }
  const { name, entityType } = record;
  const kept = known.has(typeStatement(record)) ? heirs.get(name)?.entityType : entityType;
  return { ...record, name: called(name), entityType: kept ?? entityType };
}

function namesIn(record: GraphRecord): string[] {
  if (record.kind === "foreign") return [];
  return record.kind === "entity" ? [record.name] : [record.from, record.to];
}

async function* each(records: readonly GraphRecord[]): AsyncIterable<GraphRecord> {
  yield* records;
}
