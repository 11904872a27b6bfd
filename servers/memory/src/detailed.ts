import type { Author, EntityDetails } from "./graph/types.ts";
import { isoOf } from "./instant.ts";

/** Who wrote something, in a few words: `ann (claude-ai 1.2)`; nothing when nobody said. */
export function byline({ who, client }: Author): { by?: string } {
  if (who === undefined) return client === undefined ? {} : { by: client };
  return { by: client === undefined ? who : `${who} (${client})` };
}

/** What is known of an entity besides its facts. */
export function described(details: EntityDetails): {
  name: string;
  entityType: string;
  tags: string[];
  importance: number;
  createdAt: string;
  updatedAt: string;
  by?: string;
} {
  const { name, entityType, tags, importance, createdAt, updatedAt, author } = details;
  return {
    name,
    entityType,
    tags: [...tags],
    importance,
    createdAt: isoOf(createdAt),
    updatedAt: isoOf(updatedAt),
    ...byline(author),
  };
}

/** The facts of an entity, each with when and by whom it was written. */
export function factsOf({ facts }: EntityDetails): { text: string; at: string; by?: string }[] {
  return facts.map(({ text, at, author }) => ({ text, at: isoOf(at), ...byline(author) }));
}
