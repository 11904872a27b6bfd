import { resolve } from "node:path";
import {
  checkAdditions,
  checkCount,
  checkNewEntities,
  checkNewRelations,
  checkRelations,
  checkScope,
  checkUpdates,
} from "../graph/check.ts";
import { GraphError } from "../graph/error.ts";
import type { GraphStore } from "../graph/store.ts";
import type { AsOf, Author, Changed, GraphRecord, Scope, TakenOver } from "../graph/types.ts";
import { changeAt, lastChange } from "./as-of.ts";
import { backup } from "./backup.ts";
import type { Connection } from "./connection.ts";
import { importAll } from "./import-all.ts";
import { type Look, Looks } from "./looks.ts";
import { closeKeepingLog, type Opened, openDatabase } from "./open.ts";
import { exportRecords } from "./read/export.ts";
import { history } from "./read/history.ts";
import {
  existing,
  listEntities,
  listRelations,
  openEntities,
  relationOf,
  relationsOf,
} from "./read/lists.ts";
import { names } from "./read/names.ts";
import { nowCalled } from "./read/now-called.ts";
import { path } from "./read/path.ts";
import { projectsOf } from "./read/projects.ts";
import { EMPTY, summary } from "./read/summary.ts";
import { walk } from "./read/walk.ts";
import { Scratch } from "./search/scratch.ts";
import { search } from "./search/search.ts";
import { Vectors } from "./search/vectors.ts";
import { keepStatements, keptStatements, markTakenOver, takenOver } from "./taken-over.ts";
import { Watcher } from "./watcher.ts";
import { findGraph, type Write } from "./write/batch.ts";
import { mergeEntities, restoreEntities, updateEntities } from "./write/change.ts";
import { addObservations, createEntities, createRelations } from "./write/create.ts";
import { deleteEntities, deleteObservations, deleteRelations } from "./write/end.ts";
import { Writer } from "./write/writer.ts";

/** A graph nobody has written to: no entity has an id of it. */
const NO_GRAPH = 0;

/**
 * Opens the graphs in a SQLite file, creating what is missing. Any number of processes may do so at once.
 * @throws {GraphError} `damaged`, `invalid`, `read-only`, `busy`: the file is left as it is
 */
export async function openSqliteStore(file: string): Promise<GraphStore> {
  const path = resolve(file);
  return new SqliteStore(path, await openDatabase(path));
}

type Given<Method extends keyof GraphStore> = Parameters<NonNullable<GraphStore[Method]>>;

class SqliteStore implements GraphStore {
  readonly #path: string;
  readonly #Driver: Opened["Driver"];
  readonly #connection: Connection;
  readonly #writer: Writer;
  readonly #watcher: Watcher;
  readonly #vectors: Vectors;
  #scratch: Scratch | undefined;
  readonly #looks: Looks;
  #closed: Promise<void> | undefined;

  constructor(path: string, { connection, Driver }: Opened) {
    this.#path = path;
    this.#Driver = Driver;
    this.#connection = connection;
    this.#watcher = new Watcher(connection);
    this.#writer = new Writer(connection, () => this.#watcher.wrote());
    this.#looks = new Looks(connection, (damage) => this.#writer.end(damage));
    this.#vectors = new Vectors(connection);
  }

  async createEntities(...[scope, entities, author]: Given<"createEntities">) {
    checkNewEntities(entities);
    return this.#write(scope, author, (write) => createEntities(write, entities));
  }

  async createRelations(...[scope, relations, author]: Given<"createRelations">) {
    checkNewRelations(relations);
    return this.#write(scope, author, (write) => createRelations(write, relations));
  }

  async addObservations(...[scope, items, author]: Given<"addObservations">) {
    checkAdditions(items);
    return this.#write(scope, author, (write) => addObservations(write, items));
  }

  async deleteEntities(...[scope, names, author]: Given<"deleteEntities">) {
    checkCount(names.length, "names");
    return this.#write(scope, author, (write) => deleteEntities(write, names));
  }

  async deleteObservations(...[scope, items, author]: Given<"deleteObservations">) {
    checkCount(items.length, "entities");
    return this.#write(scope, author, (write) => deleteObservations(write, items));
  }

  async deleteRelations(...[scope, relations, author]: Given<"deleteRelations">) {
    checkRelations(relations);
    return this.#write(scope, author, (write) => deleteRelations(write, relations));
  }

  async updateEntities(...[scope, updates, author]: Given<"updateEntities">) {
    checkUpdates(updates);
    return this.#write(scope, author, (write) => updateEntities(write, updates));
  }

  async mergeEntities(...[scope, into, from, author]: Given<"mergeEntities">) {
    checkCount(from.length, "names");
    return this.#write(scope, author, (write) => mergeEntities(write, into, from));
  }

  async restoreEntities(...[scope, names, author]: Given<"restoreEntities">) {
    checkCount(names.length, "names");
    return this.#write(scope, author, (write) => restoreEntities(write, names));
  }

  listEntities(...[scope, paging]: Given<"listEntities">) {
    return this.#read(scope, paging, (graph, at, db) => listEntities(db, graph, paging, at));
  }

  listRelations(...[scope, paging]: Given<"listRelations">) {
    return this.#read(scope, paging, (graph, at, db) => {
      const page = listRelations(db, graph, paging, at);
      return { ...page, items: page.items.map(relationOf) };
    });
  }

  openEntities(...[scope, names, asOf]: Given<"openEntities">) {
    return this.#read(scope, asOf, (graph, at, db) => openEntities(db, graph, names, at));
  }

  existing(...[scope, names, asOf]: Given<"existing">) {
    return this.#read(scope, asOf, (graph, at, db) =>
      existing(db, graph, names, at).map(({ name, created }) => ({ name, created })),
    );
  }

  relationsOf(...[scope, names, options]: Given<"relationsOf">) {
    return this.#read(scope, options, (graph, at, db) =>
      relationsOf(db, graph, { names, ...options }, at).map(relationOf),
    );
  }

  search(...[scope, wanted]: Given<"search">) {
    const look = (graph: number, at: number | undefined, connection: Connection) => {
      this.#scratch ??= new Scratch(new this.#Driver(":memory:"));
      return search({ connection, scratch: this.#scratch, graph, at }, wanted);
    };
    return this.#read(scope, wanted, look, this.#index());
  }

  walk(...[scope, wanted]: Given<"walk">) {
    return this.#read(scope, wanted, (graph, at, db) => walk(db, graph, wanted, at));
  }

  path(...[scope, wanted]: Given<"path">) {
    return this.#read(scope, wanted, (graph, at, db) => path(db, graph, wanted, at));
  }

  summary(...[scope, asOf]: Given<"summary">) {
    const look = async <T>(look: (connection: Connection) => T): Promise<T> => {
      await new Promise((resolve) => setImmediate(resolve));
      return this.#looks.look(look);
    };
    return this.#read(scope, asOf, (graph, at) =>
      graph === NO_GRAPH ? EMPTY : summary(look, graph, at),
    );
  }

  history(...[scope, of]: Given<"history">) {
    return this.#read(scope, {}, (graph, _, db) => history(db, graph, of));
  }

  names(...[scope, prefix, limit]: Given<"names">) {
    const look = (graph: number, _: unknown, db: Connection) => names(db, graph, prefix, limit);
    return this.#read(scope, {}, look, this.#index());
  }

  async projects(owner: string) {
    return this.#look((db) => projectsOf(db, owner));
  }

  importRecords(...[scope, records, author]: Given<"importRecords">) {
    return importAll(records, (portion) => this.#write(scope, author, portion));
  }

  async *exportRecords(scope: Scope, asOf: AsOf): AsyncIterable<GraphRecord> {
    const { graph, at } = await this.#read(scope, asOf, (graph, at, db) => ({
      graph,
      at: at ?? lastChange(db),
    }));
    yield* exportRecords((look) => this.#look(look), graph, at);
  }

  takenOver(scope: Scope, path: string) {
    return this.#read(scope, {}, (graph, _, db) => takenOver(db, graph, path));
  }

  markTakenOver(scope: Scope, file: TakenOver) {
    return this.#write(scope, {}, (write) => markTakenOver(write, file));
  }

  keptStatements(scope: Scope) {
    return this.#read(scope, {}, (graph, _, db) => keptStatements(db, graph));
  }

  keepStatements(...[scope, digests]: Given<"keepStatements">) {
    return this.#write(scope, {}, (write) => keepStatements(write, digests));
  }

  nowCalled(...[scope, names]: Given<"nowCalled">) {
    return this.#read(scope, {}, (graph, _, db) => nowCalled(db, graph, names));
  }

  backup(target: string): Promise<void> {
    this.#refuseClosed();
    return backup(this.#Driver, this.#path, resolve(target));
  }

  withoutVector(...[scope, model, limit]: Given<"withoutVector">) {
    return this.#read(scope, {}, (graph) => this.#vectors.missing(graph, model, limit));
  }

  putVectors(...[scope, model, vectors]: Given<"putVectors">) {
    return this.#write(scope, {}, (write) => this.#vectors.put(write, model, vectors));
  }

  watch(changed: (change: Changed) => void): () => void {
    this.#refuseClosed();
    return this.#watcher.watch(changed);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#watcher.close();
    await this.#writer.idle();
    await this.#looks.settled();
    // A memory that cannot be written to now has it done by the next who opens it.
    await this.#writer.index().catch(() => {});
    this.#scratch?.close();
    if (this.#writer.hasEnded) closeKeepingLog(this.#Driver, this.#path, this.#connection);
    else this.#connection.close();
  }

  /** What cannot be written to is searched as far as it was indexed. */
  async #index(): Promise<void> {
    if (this.#closed !== undefined) return;
    await this.#writer.index().catch((error) => {
      if (!(error instanceof GraphError) || error.code !== "read-only") throw error;
    });
  }

  async #write<T>(scope: Scope, author: Author, work: (write: Write) => T): Promise<T> {
    this.#refuseClosed();
    checkScope(scope);
    return this.#writer.write((batch) => work(batch.write(scope, author)));
  }

  #read<T>(
    scope: Scope,
    { at }: AsOf,
    look: (graph: number, at: number | undefined, connection: Connection) => T | Promise<T>,
    ready?: Promise<void>,
  ): Promise<T> {
    return this.#look((connection) => {
      const graph = findGraph(connection, scope) ?? NO_GRAPH;
      return look(graph, at === undefined ? undefined : changeAt(connection, at), connection);
    }, ready);
  }

  async #look<T>(look: Look<T>, ready?: Promise<void>): Promise<T> {
    this.#refuseClosed();
    return this.#looks.look(look, ready);
  }

  #refuseClosed(): void {
    if (this.#closed !== undefined) throw new GraphError("busy", "The memory is being closed.");
  }
}
