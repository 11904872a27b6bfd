import type {
  AsOf,
  Author,
  Changed,
  ChangeRecord,
  Entity,
  EntityDetails,
  EntityUpdate,
  GraphRecord,
  Imported,
  Named,
  NewEntity,
  NewRelation,
  PageOf,
  Paging,
  Path,
  PathSearch,
  Reached,
  Relation,
  Scope,
  Search,
  SearchPage,
  Summary,
  TakenOver,
  Walk,
} from "./types.ts";

/**
 * Where graphs are kept. Every write is one transaction, and its promise resolves once it would survive the loss of
 * power. A write that is refused, with a `GraphError`, changes nothing. Nothing is ever erased by a write: what is
 * deleted has an end, and can be restored.
 */
export interface GraphStore {
  /**
   * Creates what does not exist; a name twice in one call is one entity with the observations of both.
   * @returns the names that were created, in order
   */
  createEntities(scope: Scope, entities: readonly NewEntity[], author: Author): Promise<string[]>;
  /**
   * Creates relations that do not exist.
   * @throws {GraphError} `unknown-entity`, naming all of them
   */
  createRelations(
    scope: Scope,
    relations: readonly NewRelation[],
    author: Author,
  ): Promise<Relation[]>;
  /**
   * Adds observations an entity does not have.
   * @returns for each item what was added
   * @throws {GraphError} `unknown-entity`
   */
  addObservations(
    scope: Scope,
    items: readonly { readonly entityName: string; readonly contents: readonly string[] }[],
    author: Author,
  ): Promise<{ entityName: string; addedObservations: string[] }[]>;
  /** Ends entities with their relations; unknown names are passed over. @returns the names that were ended */
  deleteEntities(scope: Scope, names: readonly string[], author: Author): Promise<string[]>;
  /** Ends observations; unknown ones are passed over. @returns how many were ended */
  deleteObservations(
    scope: Scope,
    items: readonly { readonly entityName: string; readonly observations: readonly string[] }[],
    author: Author,
  ): Promise<number>;
  /** Ends relations; unknown ones are passed over. @returns how many were ended */
  deleteRelations(scope: Scope, relations: readonly Relation[], author: Author): Promise<number>;
  /** Changes name, type, tags, importance, one after the other. @throws {GraphError} `unknown-entity`, `exists` */
  updateEntities(scope: Scope, updates: readonly EntityUpdate[], author: Author): Promise<void>;
  /**
   * Moves facts, relations and tags of `from` to `into` and ends `from`. Facts keep their origin; relations between
   * the two end.
   * @throws {GraphError} `unknown-entity`
   */
  mergeEntities(scope: Scope, into: string, from: readonly string[], author: Author): Promise<void>;
  /**
   * Brings back deleted or merged entities as they were last, with the relations they lost by it whose other end
   * exists; names that exist or never did are passed over.
   * @returns the names that were brought back
   */
  restoreEntities(scope: Scope, names: readonly string[], author: Author): Promise<string[]>;

  /** Entities in the order they were created. */
  listEntities(scope: Scope, paging: Paging & AsOf): Promise<PageOf<EntityDetails>>;
  /** Relations in the order they were created. */
  listRelations(scope: Scope, paging: Paging & AsOf): Promise<PageOf<Relation>>;
  /** Those of `names` that exist, in the order they were created. */
  openEntities(scope: Scope, names: readonly string[], asOf: AsOf): Promise<EntityDetails[]>;
  /** Which of `names` exist, in the order they were created, by which `created` grows. */
  existing(
    scope: Scope,
    names: readonly string[],
    asOf: AsOf,
  ): Promise<readonly { readonly name: string; readonly created: number }[]>;
  /** Relations with at least one end, or with both, among `names`. */
  relationsOf(
    scope: Scope,
    names: readonly string[],
    options: AsOf & { readonly ends: "one" | "both"; readonly limit: number },
  ): Promise<Relation[]>;
  /** @throws {GraphError} `invalid` for too many words, `too-large` for a time too much has changed since */
  search(scope: Scope, search: Search): Promise<SearchPage>;
  /** Follows relations between entities that exist. @throws {GraphError} `unknown-entity` */
  walk(scope: Scope, walk: Walk): Promise<Reached>;
  /**
   * Looks for the shortest path by relations in either direction; from an entity to itself it has none of them.
   * @throws {GraphError} `unknown-entity`
   */
  path(scope: Scope, wanted: PathSearch): Promise<Path>;
  summary(scope: Scope, asOf: AsOf): Promise<Summary>;
  /** What happened, last first; to one entity (its relations and former names included) or to all. */
  history(
    scope: Scope,
    of: Paging & { readonly entity?: string | undefined },
  ): Promise<PageOf<ChangeRecord>>;
  /** Names that begin with `prefix`, or contain it; case does not count. For completion. */
  names(scope: Scope, prefix: string, limit: number): Promise<string[]>;
  /** Names of the owner's projects. */
  projects(owner: string): Promise<string[]>;

  /** Adds everything that is not there yet, in portions; nothing that is there is changed. Dangling relations are kept. */
  importRecords(
    scope: Scope,
    records: AsyncIterable<GraphRecord>,
    author: Author,
  ): Promise<Imported>;
  /** Everything that exists, as one consistent picture: entities, relations, foreign records. */
  exportRecords(scope: Scope, asOf: AsOf): AsyncIterable<GraphRecord>;
  /** The file at `path` as it was when it was last taken over into this graph. */
  takenOver(scope: Scope, path: string): Promise<TakenOver | undefined>;
  /** Remembers that a file was taken over. */
  markTakenOver(scope: Scope, file: TakenOver): Promise<void>;
  /** All that was kept by `keepStatements`, one after the other. */
  keptStatements(scope: Scope): Promise<Uint8Array>;
  /** Keeps what was taken over from a file, as digests. */
  keepStatements(scope: Scope, digests: Uint8Array): Promise<void>;
  /**
   * What the entities are now that had `names` last, by these: they may have been renamed, or merged into others. Those
   * that were deleted are left out.
   */
  nowCalled(scope: Scope, names: readonly string[]): Promise<ReadonlyMap<string, Named>>;
  /** Copies everything into a new file while writes go on. @throws {GraphError} `exists`, `full` */
  backup?(path: string): Promise<void>;

  /** Entities whose text has no vector of `model` yet. */
  withoutVector(scope: Scope, model: string, limit: number): Promise<Entity[]>;
  /** Keeps what texts mean, for `search`. */
  putVectors(
    scope: Scope,
    model: string,
    vectors: readonly { readonly name: string; readonly vector: Float32Array }[],
  ): Promise<void>;

  /** Hears of changes by anyone, this process included, until the returned function is called. */
  watch(changed: (change: Changed) => void): () => void;
  /** Finishes what was begun and lets go. Idempotent. */
  close(): Promise<void>;
}
