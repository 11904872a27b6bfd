/** Whose graph, and which of them. Graphs never see each other. */
export interface Scope {
  /** The authenticated caller; empty where nobody authenticates. */
  readonly owner: string;
  /** The project's name. */
  readonly project: string;
}

/** Who writes: kept with every fact. */
export interface Author {
  /** The authenticated caller, where there is one. */
  readonly who?: string | undefined;
  /** The program it came through, as `claude-ai 1.2`. Unverified. */
  readonly client?: string | undefined;
}

/** A thing that is remembered, in the official server's shape. */
export interface Entity {
  readonly name: string;
  readonly entityType: string;
  readonly observations: readonly string[];
}

/** A directed edge, in the active voice: `from` does something to `to`. */
export interface Relation {
  readonly from: string;
  readonly to: string;
  readonly relationType: string;
}

/** A part of a graph. */
export interface Graph {
  readonly entities: readonly Entity[];
  readonly relations: readonly Relation[];
}

/** What a writer may say of an entity besides its facts. */
export interface Marks {
  readonly tags?: readonly string[];
  /** 0 (trivial) to 1 (vital). 0.5 where nobody said. */
  readonly importance?: number;
}

/** Fields of a taken-over file that the graph has no name for; exported again as they were. */
export type Extra = Readonly<Record<string, unknown>>;

/**
 * What is stored of such fields: those of an entity or a relation itself, or a list of these and of the lines of a file
 * that contradicted them.
 */
export type Extras = Extra | readonly Extra[];

/** An entity to create. */
export interface NewEntity extends Entity, Marks {
  readonly extra?: Extra | undefined;
}

/** A relation to create. */
export interface NewRelation extends Relation {
  readonly extra?: Extra | undefined;
}

/** One observation with where it comes from. */
export interface Fact {
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly author: Author;
}

/** All that is known of one entity. */
export interface EntityDetails {
  readonly name: string;
  readonly entityType: string;
  readonly facts: readonly Fact[];
  readonly tags: readonly string[];
  readonly importance: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** When the entity, a fact or a relation of it last changed. */
  readonly updatedAt: number;
  readonly author: Author;
  readonly extra?: Extras | undefined;
}

/** A point of time, in milliseconds since 1970, to read the graph as it was then. */
export interface AsOf {
  readonly at?: number | undefined;
}

/** Where a list goes on: what an earlier page gave as `next`. */
export interface PageOf<T> {
  readonly items: readonly T[];
  /** Absent on the last page. */
  readonly next?: string | undefined;
}

/** How much of a list to read. */
export interface Paging {
  readonly limit: number;
  readonly after?: string | undefined;
}

/** What search found: best first. */
export interface Found {
  readonly entity: EntityDetails;
  /** Higher is better; comparable within one answer only. */
  readonly score: number;
  /** Where the words are, in short; matches between `**`. */
  readonly snippets: readonly string[];
}

/** What to search for. */
export interface Search extends Paging, AsOf {
  /** Words, all of which must occur (stems, beginnings and likely misspellings count). Never empty. */
  readonly text: string;
  readonly entityTypes?: readonly string[] | undefined;
  /** All of these tags. */
  readonly tags?: readonly string[] | undefined;
  /** What the text means, where the server has an embeddings endpoint. */
  readonly vector?: Meaning | undefined;
}

/** What a text means to one model. Vectors of different models, or of different lengths, have nothing in common. */
export interface Meaning {
  readonly model: string;
  readonly values: Float32Array;
}

/** Answers of a search. */
export interface SearchPage extends PageOf<Found> {
  /** Words that occur nowhere, with what was searched instead. */
  readonly corrected: Readonly<Record<string, readonly string[]>>;
  /** True on the last page when more may match than are ranked. */
  readonly cut: boolean;
}

/** Which way relations are followed. */
export type Direction = "out" | "in" | "both";

/** A walk from one entity. */
export interface Walk extends AsOf {
  readonly from: string;
  /** Steps, 1 or more. */
  readonly depth: number;
  /** Most entities reached. */
  readonly limit: number;
  readonly direction: Direction;
  readonly relationTypes?: readonly string[] | undefined;
}

/** What a walk reached, without where it began: nearest first. Relations are those that were followed. */
export interface Reached {
  readonly entities: readonly { readonly name: string; readonly steps: number }[];
  readonly relations: readonly Relation[];
  /** True when `limit` ended it; a higher one reaches the same first. */
  readonly more: boolean;
  /** True when there were more relations than a store follows, so that it may have missed some of what is near. */
  readonly cut: boolean;
}

/** A path to look for between two entities. */
export interface PathSearch extends AsOf {
  readonly from: string;
  readonly to: string;
  /** Most relations it may have. */
  readonly depth: number;
  readonly relationTypes?: readonly string[] | undefined;
}

/** What a search for a path came to. */
export interface Path {
  /** From one end to the other; absent when none was found. */
  readonly relations?: readonly Relation[] | undefined;
  /** True when not everything was searched, so that there may be a path after all, or a shorter one. */
  readonly cut: boolean;
}

/** One thing that happened. */
export interface ChangeRecord {
  /** Grows by time; names the change for `restore` and `at`. */
  readonly id: number;
  readonly at: number;
  readonly author: Author;
  readonly action:
    | "create-entity"
    | "delete-entity"
    | "add-observation"
    | "delete-observation"
    | "create-relation"
    | "delete-relation"
    | "update-entity"
    | "merge-entity"
    | "restore"
    | "import";
  /** The entity it happened to, as it was called then; of a relation, `from`; of a merge, the one that remains. */
  readonly entity: string;
  /** The observation, the relation as `to (relationType)`, a new entity's type, or what was changed. */
  readonly detail: string;
}

/** What to change of an entity. Absent stays. */
export interface EntityUpdate {
  readonly name: string;
  readonly newName?: string | undefined;
  readonly entityType?: string | undefined;
  readonly addTags?: readonly string[] | undefined;
  readonly removeTags?: readonly string[] | undefined;
  readonly importance?: number | undefined;
}

/** A graph in figures. */
export interface Summary {
  readonly entities: number;
  readonly observations: number;
  readonly relations: number;
  /** Most frequent first. */
  readonly entityTypes: readonly (readonly [type: string, count: number])[];
  readonly relationTypes: readonly (readonly [type: string, count: number])[];
  readonly tags: readonly (readonly [tag: string, count: number])[];
  /** Names of the best connected entities with their relations. */
  readonly hubs: readonly (readonly [name: string, relations: number])[];
  /** Names of what changed last. */
  readonly recent: readonly (readonly [name: string, at: number])[];
}

/** Set by an export where a record only says in which fields another line contradicted the one before. */
interface Repeating {
  readonly again?: true;
}

/** One piece of a graph on its way in or out, in the order of the file. */
export type GraphRecord =
  | ({ readonly kind: "entity" } & NewEntity & Repeating)
  | ({ readonly kind: "relation" } & NewRelation & Repeating)
  /** A record of a taken-over file that is neither; kept and exported as it was. */
  | { readonly kind: "foreign"; readonly line: string };

/** What an import did. */
export interface Imported {
  readonly entities: number;
  readonly observations: number;
  readonly relations: number;
  /** Entities, relations and foreign records that were there already. */
  readonly known: number;
  readonly foreign: number;
}

/** An entity's name and type. */
export type Named = Pick<Entity, "name" | "entityType">;

/** A file as it was when it was taken over, to tell whether it changed since. */
export interface TakenOver {
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** SHA-256 of the whole file, in hexadecimal. */
  readonly digest: string;
}

/** What other writers, in this process or another, have changed. */
export interface Changed {
  readonly scope: Scope;
  /** The entities concerned, under the names they have or last had; absent when there are too many to name. */
  readonly names?: readonly string[] | undefined;
}
