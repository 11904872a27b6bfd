import { GraphError } from "./error.ts";
import type { EntityUpdate, NewEntity, NewRelation, Relation, Scope } from "./types.ts";

/** What both stores accept at most. */
export const LIMITS = {
  /** Characters of a name, a type, a tag, an owner or a project. */
  name: 1000,
  /** Bytes of one observation in UTF-8. */
  fact: 4 * 1024 * 1024,
  /** Entities, relations or names in one call. */
  items: 10_000,
  /** Observations in one call, of all entities together. */
  facts: 100_000,
  /** Tags of one entity. */
  tags: 100,
  /** Words of one search. */
  words: 32,
  /** Bytes of the fields a taken-over record has besides ours. */
  extra: 1024 * 1024,
} as const;

/** @throws {GraphError} `invalid`, `too-large`: what cannot be the name of an entity */
export function checkName(name: string, what = "name"): void {
  if (name.trim() === "") {
    throw new GraphError("invalid", `The ${what} of an entity is empty; give it one.`);
  }
  checkLabel(name, `${what} of an entity`);
}

/** @throws {GraphError} `invalid`, `too-large`: what cannot be kept as an observation */
export function checkFact(text: string): void {
  checkText(text, "observation");
  // UTF-8 takes one to three bytes for each of JavaScript's characters.
  if (text.length * 3 > LIMITS.fact && Buffer.byteLength(text) > LIMITS.fact) {
    throw new GraphError(
      "too-large",
      `An observation takes ${Buffer.byteLength(text)} bytes; split it into parts of at most ${LIMITS.fact}.`,
    );
  }
}

/** @throws {GraphError} `invalid`, `too-large`: what cannot be created */
export function checkNewEntities(entities: readonly NewEntity[]): void {
  checkCount(entities.length, "entities");
  checkFactCount(entities.map((entity) => entity.observations.length));
  for (const entity of entities) checkNewEntity(entity);
}

/** @throws {GraphError} `invalid`, `too-large`: what cannot be created */
export function checkNewEntity(entity: NewEntity): void {
  checkName(entity.name);
  checkLabel(entity.entityType, "type of an entity");
  for (const fact of entity.observations) checkFact(fact);
  checkTags(entity.tags ?? []);
  checkImportance(entity.importance);
  checkExtra(entity.extra);
}

/** @throws {GraphError} `invalid`, `too-large`: what cannot be created */
export function checkNewRelations(relations: readonly NewRelation[]): void {
  checkRelations(relations);
  for (const relation of relations) checkExtra(relation.extra);
}

/** @throws {GraphError} `invalid`, `too-large`: what can be no relation */
export function checkRelations(relations: readonly Relation[]): void {
  checkCount(relations.length, "relations");
  for (const { from, to, relationType } of relations) {
    checkName(from);
    checkName(to);
    checkLabel(relationType, "type of a relation");
  }
}

/** @throws {GraphError} `invalid`, `too-large`: observations that cannot be added */
export function checkAdditions(
  items: readonly { readonly entityName: string; readonly contents: readonly string[] }[],
): void {
  checkCount(items.length, "entities");
  checkFactCount(items.map((item) => item.contents.length));
  for (const { entityName, contents } of items) {
    checkName(entityName);
    for (const fact of contents) checkFact(fact);
  }
}

/** @throws {GraphError} `invalid`, `too-large`: what an entity cannot become */
export function checkUpdates(updates: readonly EntityUpdate[]): void {
  checkCount(updates.length, "entities");
  for (const update of updates) {
    if (update.newName !== undefined) checkName(update.newName, "new name");
    if (update.entityType !== undefined) checkLabel(update.entityType, "type of an entity");
    checkTags(update.addTags ?? []);
    checkImportance(update.importance);
  }
}

/** @throws {GraphError} `invalid`, `too-large`: an owner or project whose name cannot be kept */
export function checkScope(scope: Scope): void {
  checkLabel(scope.owner, "owner of a graph");
  checkLabel(scope.project, "name of a project");
}

/** @throws {GraphError} `too-large`: more than a call may name */
export function checkCount(count: number, what: string): void {
  if (count > LIMITS.items) {
    throw new GraphError(
      "too-large",
      `One call can take ${LIMITS.items} ${what}, not ${count}; use several calls.`,
    );
  }
}

/** @throws {GraphError} `invalid`, `too-large`: tags an entity cannot have */
export function checkTags(tags: readonly string[]): void {
  if (tags.length > LIMITS.tags) {
    throw new GraphError(
      "too-large",
      `An entity can have ${LIMITS.tags} tags, not ${tags.length}.`,
    );
  }
  for (const tag of tags) {
    if (tag.trim() === "") throw new GraphError("invalid", "A tag is empty; leave it out.");
    checkLabel(tag, "tag");
  }
}

function checkFactCount(counts: readonly number[]): void {
  const count = counts.reduce((sum, one) => sum + one, 0);
  if (count > LIMITS.facts) {
    throw new GraphError(
      "too-large",
      `One call can take ${LIMITS.facts} observations, not ${count}; use several calls.`,
    );
  }
}

function checkImportance(importance: number | undefined): void {
  if (importance === undefined || (importance >= 0 && importance <= 1)) return;
  throw new GraphError("invalid", `The importance of an entity is ${importance}; give 0 to 1.`);
}

function checkExtra(extra: NewEntity["extra"]): void {
  if (extra === undefined) return;
  const text = JSON.stringify(extra);
  if (text.length > LIMITS.extra) {
    throw new GraphError("too-large", `Unknown fields of a record exceed ${LIMITS.extra} bytes.`);
  }
}

function checkLabel(text: string, what: string): void {
  checkText(text, what);
  if (text.length <= LIMITS.name) return;
  const characters = text.length > LIMITS.name * 2 ? text.length : [...text].length;
  if (characters > LIMITS.name) {
    throw new GraphError(
      "too-large",
      `The ${what} has ${characters} characters; shorten it to ${LIMITS.name}.`,
    );
  }
}

/** Neither database keeps these as they are: PostgreSQL refuses both, and UTF-8 has no lone surrogates. */
function checkText(text: string, what: string): void {
  if (text.includes("\0")) {
    throw new GraphError("invalid", `The ${what} contains the character NUL (U+0000); remove it.`);
  }
  if (!text.isWellFormed()) {
    throw new GraphError("invalid", `The ${what} contains half of a surrogate pair; remove it.`);
  }
}
