import type { Author, ChangeRecord, Scope } from "../../graph/types.ts";
import { ACTIONS } from "../actions.ts";
import type { Connection } from "../connection.ts";
import { idsOf } from "../graph-ids.ts";
import { indexLater, indexWaiting } from "../search/index-entities.ts";
import { forgetVectors } from "../search/vectors.ts";

/** What is said of a change besides who, when and what. */
export interface ChangeDetail {
  /** The other entity of a relation or a merge. */
  readonly other?: number;
  /** The observation or relation it is about. */
  readonly subject?: number;
  readonly detail?: string;
}

/** The writes of one transaction: what they have in common. */
export class Batch {
  readonly connection: Connection;
  /** Milliseconds since 1970; never before an earlier change, even if the clock was put back. */
  readonly at: number;
  readonly #before: number;
  #lastChange: number;
  readonly #touched = new Set<number>();

  constructor(connection: Connection) {
    this.connection = connection;
    const last = connection.get<{ id: number; at: number }>(
      "SELECT id, at FROM change ORDER BY id DESC LIMIT 1",
    );
    this.#before = last?.id ?? 0;
    this.#lastChange = this.#before;
    this.at = Math.max(Date.now(), last?.at ?? 0);
  }

  /** The id of the newest change there is. */
  get lastChange(): number {
    return this.#lastChange;
  }

  /** Begins the write of one caller to one graph. */
  write(scope: Scope, author: Author): Write {
    return new Write(this, scope, author);
  }

  /** Writes down a change. @returns its id */
  record(
    graph: number,
    author: number,
    action: ChangeRecord["action"],
    entity: number,
    more: ChangeDetail,
  ): number {
    const id = ++this.#lastChange;
    this.connection.run(
      `INSERT INTO change (id, graph, at, author, action, entity, other, subject, detail)
       VALUES (:id, :graph, :at, :author, :action, :entity, :other, :subject, :detail)`,
      {
        id,
        graph,
        at: this.at,
        author,
        action: ACTIONS.indexOf(action),
        entity,
        other: more.other ?? null,
        subject: more.subject ?? null,
        detail: more.detail ?? null,
      },
    );
    return id;
  }

  /** Says that the text of an entity changed. */
  touch(entity: number): void {
    this.#touched.add(entity);
  }

  /** Whether anything was changed. */
  get isChange(): boolean {
    return this.#lastChange > this.#before;
  }

  /** Has the search learn what was written. FTS5 would write its pages at each savepoint, so it comes last. */
  index(): void {
    forgetVectors(this.connection, this.#touched);
    if (this.isChange) indexLater(this.connection, this.#before, this.#lastChange);
  }

  /** Has the search index learn all that was left for later. */
  indexAll(): void {
    indexWaiting(this.connection);
  }

  /** Where the batch is, for `backTo`. */
  mark(): number {
    return this.#lastChange;
  }

  /** Forgets the changes of a write that was rolled back; what it touched is only indexed once more. */
  backTo(mark: number): void {
    this.#lastChange = mark;
  }
}

/** An entity, or a name that relations point to (`type` is null), as it is. */
export interface EntityRow {
  readonly id: number;
  readonly graph: number;
  readonly name: string;
  readonly type: string | null;
  readonly tags: string | null;
  readonly importance: number | null;
  readonly extra: string | null;
  readonly created: number;
  readonly since: number;
}

/** One caller's write to one graph. */
export class Write {
  readonly batch: Batch;
  readonly connection: Connection;
  readonly #scope: Scope;
  readonly #author: Author;
  #graph: number | undefined;
  #authorId: number | undefined;
  #lastEntity: number | undefined;

  constructor(batch: Batch, scope: Scope, author: Author) {
    this.batch = batch;
    this.connection = batch.connection;
    this.#scope = scope;
    this.#author = author;
    this.#graph = findGraph(batch.connection, scope);
  }

  /** Whether anything was ever written to the graph. */
  get begun(): boolean {
    return this.#graph !== undefined;
  }

  /** The graph's id; the graph begins with the first change to it. */
  get graph(): number {
    this.#graph ??= this.connection.run(
      "INSERT INTO graph (owner, project) VALUES (:owner, :project)",
      { owner: this.#scope.owner, project: this.#scope.project },
    ).id;
    return this.#graph;
  }

  /** The id the next change will have. */
  get nextChange(): number {
    return this.batch.lastChange + 1;
  }

  /** The entity of this name, or the name relations point to. */
  named(name: string): EntityRow | undefined {
    if (this.#graph === undefined) return undefined;
    return this.connection.get<EntityRow>(
      "SELECT * FROM entity WHERE graph = :graph AND name = :name",
      { graph: this.#graph, name },
    );
  }

  /** The entity of this name. */
  entity(name: string): EntityRow | undefined {
    const row = this.named(name);
    return row?.type === null ? undefined : row;
  }

  /** An id for a new entity. */
  newEntity(): number {
    const { first, end } = idsOf(this.graph);
    this.#lastEntity ??=
      this.connection.get<{ last: number | null }>(
        `SELECT max(last) AS last FROM (
           SELECT max(id) AS last FROM entity WHERE id >= :first AND id < :end
           UNION ALL SELECT max(id) FROM entity_past WHERE id >= :first AND id < :end)`,
        { first, end },
      )?.last ?? first;
    this.#lastEntity += 1;
    return this.#lastEntity;
  }

  /** Writes down a change by the caller. @returns its id */
  record(action: ChangeRecord["action"], entity: number, more: ChangeDetail = {}): number {
    this.#authorId ??= authorId(this.connection, this.#author);
    return this.batch.record(this.graph, this.#authorId, action, entity, more);
  }
}

/** The id of a graph that has been written to. */
export function findGraph(connection: Connection, { owner, project }: Scope): number | undefined {
  return connection.get<{ id: number }>(
    "SELECT id FROM graph WHERE owner = :owner AND project = :project",
    { owner, project },
  )?.id;
}

function authorId(connection: Connection, author: Author): number {
  const values = { who: author.who ?? null, client: author.client ?? null };
  const known = connection.get<{ id: number }>(
    "SELECT id FROM author WHERE who IS :who AND client IS :client",
    values,
  );
  return (
    known?.id ??
    connection.run("INSERT INTO author (who, client) VALUES (:who, :client)", values).id
  );
}
