import { LIMITS } from "./check.ts";
import { distinct, USUAL_IMPORTANCE } from "./combine.ts";
import type { Extra, Extras, NewEntity } from "./types.ts";

/** What an entity is besides its name and its observations. */
export interface Marked {
  readonly entityType: string;
  readonly tags: readonly string[];
  readonly importance: number;
  readonly extra: Extras | undefined;
}

/** An entity's own fields, or a relation's, and the lines that contradicted them. */
export function linesIn(extras: Extras | undefined): readonly [own: Extra, ...others: Extra[]] {
  const [own = {}, ...others] = Array.isArray(extras) ? extras : [extras];
  return [own, ...others];
}

/**
 * An entity after another line on it: it gets what it lacks. A line that contradicts it, in its type or a field, changes
 * nothing, and is kept beside it.
 * @returns the entity itself when the line says nothing new
 */
export function withLine(entity: Marked, line: Omit<NewEntity, "name" | "observations">): Marked {
  const { entityType, tags = [], importance, extra } = line;
  const fields = marked(extra, tags, importance);
  const [own, ...others] = linesIn(entity.extra);
  const union = distinct([...entity.tags, ...tags]);
  const ours = marked(own, entity.tags, judged(entity.importance));
  const { tags: _, ...untagged } = fields;
  const isTagged = entity.tags.length > 0 && tags.length > 0 && union.length <= LIMITS.tags;
  if (entityType !== entity.entityType || contradicts(ours, isTagged ? untagged : fields)) {
    const kept = distinctLines([...others, { entityType, ...fields }]);
    return kept.length === others.length ? entity : { ...entity, extra: [own, ...kept] };
  }
  return changed(entity, {
    entityType,
    tags: union,
    importance: importance ?? entity.importance,
    extra: extrasOf({ ...own, ...extra }, others),
  });
}

/** The fields of a relation after another line on it; the same when that says nothing new. */
export function withFields(extras: Extras | undefined, fields: Extra = {}): Extras | undefined {
  const [own, ...others] = linesIn(extras);
  const after = contradicts(own, fields)
    ? extrasOf(own, distinctLines([...others, fields]))
    : extrasOf({ ...own, ...fields }, others);
  return isSame(after, extras) ? extras : after;
}

/**
 * An entity that another was merged into: it gets what it lacks, and keeps what it has.
 * @returns the entity itself when it lacks nothing
 */
export function merged(into: Marked, from: Marked): Marked {
  const [own, ...others] = linesIn(into.extra);
  const [theirs, ...theirOthers] = linesIn(from.extra);
  const isJudged = judged(into.importance) !== undefined || Object.hasOwn(own, "importance");
  return changed(into, {
    entityType: into.entityType,
    tags: distinct([...into.tags, ...from.tags]),
    importance: isJudged ? into.importance : from.importance,
    extra: extrasOf({ ...own, ...theirs, ...own }, distinctLines([...others, ...theirOthers])),
  });
}

function changed(before: Marked, after: Marked): Marked {
  const parts = ({ tags, importance, extra }: Marked) => [tags, importance, extra];
  return isSame(parts(before), parts(after)) ? before : after;
}

function marked(extra: Extra = {}, tags: readonly string[], importance: number | undefined): Extra {
  return {
    ...extra,
    ...(tags.length === 0 ? {} : { tags }),
    ...(importance === undefined ? {} : { importance }),
  };
}

function judged(importance: number): number | undefined {
  return importance === USUAL_IMPORTANCE ? undefined : importance;
}

function contradicts(ours: Extra, theirs: Extra): boolean {
  return Object.entries(theirs).some(
    ([key, value]) => Object.hasOwn(ours, key) && !isSame(ours[key], value),
  );
}

function extrasOf(own: Extra, others: readonly Extra[]): Extras | undefined {
  if (others.length > 0) return [own, ...others];
  return Object.keys(own).length === 0 ? undefined : own;
}

function distinctLines(lines: readonly Extra[]): Extra[] {
  return [...new Map(lines.map((line) => [JSON.stringify(line), line])).values()];
}

/** Fields come from JSON: what is written the same is the same. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
