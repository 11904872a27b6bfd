import type { Entity } from "../graph/types.ts";

/** Characters of an entity that say what it means: models take 8,000 tokens or less. */
const LONGEST = 8_000;

/** What stands for an entity when its meaning is asked for. */
export function textOf({ name, entityType, observations }: Entity): string {
  return [`${name} (${entityType})`, ...observations].join("\n").slice(0, LONGEST).toWellFormed();
}
