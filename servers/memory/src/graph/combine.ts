import type { EntityUpdate, NewEntity, Relation } from "./types.ts";

/** The importance of an entity nobody has judged. */
export const USUAL_IMPORTANCE = 0.5;

/** Each name once, in the order it came first, with the observations, tags and fields of all who bear it. */
export function distinctEntities(entities: readonly NewEntity[]): NewEntity[] {
  const byName = new Map<string, NewEntity>();
  for (const entity of entities) {
    const first = byName.get(entity.name);
    byName.set(entity.name, first === undefined ? once(entity) : joined(first, entity));
  }
  return [...byName.values()];
}

/** Each relation once, in the order it came first. */
export function distinctRelations<T extends Relation>(relations: readonly T[]): T[] {
  const seen = new Map<string, T>();
  for (const relation of relations) {
    const key = relationKey(relation);
    if (!seen.has(key)) seen.set(key, relation);
  }
  return [...seen.values()];
}

/** Equal for equal relations only. */
export function relationKey({ from, to, relationType }: Relation): string {
  return JSON.stringify([from, to, relationType]);
}

/** Each text once, in the order it came first. */
export function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** Tags after an update, in the order they were given. */
export function updatedTags(tags: readonly string[], update: EntityUpdate): string[] {
  const removed = new Set(update.removeTags);
  return distinct([...tags, ...(update.addTags ?? [])]).filter((tag) => !removed.has(tag));
}

/** What an update changes, in words, for the history; empty when it changes nothing. */
export function updateDetail(
  before: {
    readonly name: string;
    readonly entityType: string;
    readonly tags: readonly string[];
    readonly importance: number;
  },
  update: EntityUpdate,
): string {
  const tags = updatedTags(before.tags, update);
  const added = tags.filter((tag) => !before.tags.includes(tag));
  const removed = before.tags.filter((tag) => !tags.includes(tag));
  const parts: string[] = [];
  if (update.newName !== undefined && update.newName !== before.name) {
    parts.push(`name: ${before.name} -> ${update.newName}`);
  }
  if (update.entityType !== undefined && update.entityType !== before.entityType) {
    parts.push(`type: ${before.entityType} -> ${update.entityType}`);
  }
  if (added.length > 0) parts.push(`tags added: ${added.join(", ")}`);
  if (removed.length > 0) parts.push(`tags removed: ${removed.join(", ")}`);
  if (update.importance !== undefined && update.importance !== before.importance) {
    parts.push(`importance: ${before.importance} -> ${update.importance}`);
  }
  return parts.join("; ");
}

/** A relation as the history tells it to the one it comes from. */
export function relationDetail({ to, relationType }: Omit<Relation, "from">): string {
  return `${to} (${relationType})`;
}

function once(entity: NewEntity): NewEntity {
  return {
    ...entity,
    observations: distinct(entity.observations),
    ...(entity.tags === undefined ? {} : { tags: distinct(entity.tags) }),
  };
}

function joined(first: NewEntity, second: NewEntity): NewEntity {
  const tags = distinct([...(first.tags ?? []), ...(second.tags ?? [])]);
  const importance = first.importance ?? second.importance;
  const extra = first.extra ?? second.extra;
  return {
    name: first.name,
    entityType: first.entityType,
    observations: distinct([...first.observations, ...second.observations]),
    tags,
    ...(importance === undefined ? {} : { importance }),
    ...(extra === undefined ? {} : { extra: { ...second.extra, ...first.extra } }),
  };
}
