import type { Search } from "../../graph/types.ts";
import { alive, type Reading } from "../reading.ts";
import type { Term } from "./terms.ts";

/** Entities that are ranked; of more, those with most words in name, type and tags, then the latest. */
const RANKED = 2_000;

/** An entity with how well it matches. */
export interface Hit {
  readonly id: number;
  readonly score: number;
}

/** What an entity must be besides. */
export type Filter = Pick<Search, "entityTypes" | "tags">;

/** Entities in which all of the words occur, best first: names count most, then types and tags, then facts. */
export async function hitsByWords(
  { query, graph, moment }: Reading,
  terms: readonly Term[],
  filter: Filter,
): Promise<Hit[]> {
  const wanted = terms.map((term) => term.wanted);
  const text = hitsQuery(wanted.length, moment);
  return query(text, [
    graph,
    filter.entityTypes ?? null,
    filter.tags ?? [],
    RANKED,
    WEIGHTS,
    ...wanted,
  ]);
}

/** How much a match counts in: a fact, nothing, type or tags, the name. */
const WEIGHTS = [0.1, 0.1, 0.4, 1];

/** Where the words begin among the values. */
const FIRST_WORD = 6;

/** The condition that an entity `h` is what is looked for besides its words. */
export const FITS = `
  ($2::text[] IS NULL OR h.entity_type = ANY ($2::text[])) AND h.tags @> $3::text[]`;

function hitsQuery(words: number, moment: number | undefined): string {
  const places = Array.from({ length: words }, (_, index) => `$${FIRST_WORD + index}::tsquery`);
  const occurring = places.map((word) => {
    const matches = `@@ (('@' || $1::integer)::tsquery && ${word})`;
    return `h.entity IN (
      SELECT o.entity FROM portico_memory.observation o
      WHERE o.graph = $1 AND o.terms ${matches} AND ${alive("o", moment)}
      UNION
      SELECT n.entity FROM portico_memory.head n
      WHERE n.graph = $1 AND n.terms ${matches} AND ${alive("n", moment)})`;
  });
  const inHead = places.map((word) => `(h.terms @@ ${word})::integer`).join(" + ");
  return `
    WITH found AS (
      SELECT h.entity, h.importance, h.terms FROM portico_memory.head h
      WHERE h.graph = $1 AND ${alive("h", moment)} AND ${FITS} AND ${occurring.join(" AND ")}
      ORDER BY ${inHead} DESC, h.entity DESC LIMIT $4
    )
    SELECT found.entity AS id, (
      SELECT sum(best)::double precision FROM (
        SELECT max(ts_rank($5::real[], passage.terms, word, 1)) AS best
        FROM unnest(ARRAY[${places.join(", ")}]) WITH ORDINALITY AS asked(word, place)
        JOIN LATERAL (
          SELECT found.terms UNION ALL
          SELECT o.terms FROM portico_memory.observation o
          WHERE o.graph = $1 AND o.entity = found.entity AND ${alive("o", moment)}
        ) AS passage(terms) ON passage.terms @@ word
        GROUP BY place
      ) AS each
    ) AS score
    FROM found
    ORDER BY score DESC, found.importance DESC, found.entity DESC`;
}
