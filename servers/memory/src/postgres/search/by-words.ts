import type { Search } from "../../graph/types.ts";
import { folded } from "../../graph/words.ts";
import { headOf } from "../found-by.ts";
import { alive, type Reading } from "../reading.ts";
import { FREQUENT, type Term } from "./terms.ts";

/** Entities that are ranked; of more, those with most words in name, type and tags, then the latest. */
const RANKED = 1_000;

/** Rows with a word that are looked at; fewer than these are all there are, unless a single word is that frequent. */
const LOOKED_AT = 2 * FREQUENT;

/** An entity with how well it matches. */
export interface Hit {
  readonly id: number;
  readonly score: number;
}

/** What words find. */
export interface Hits {
  /** Best first. */
  readonly hits: readonly Hit[];
  /** True when more may match. */
  readonly isCut: boolean;
}

/** What an entity must be besides. */
export type Filter = Pick<Search, "entityTypes" | "tags">;

/**
 * Entities in which all of the words occur, best first: the entity of that very name, then names count most,
 * then types and tags, then facts.
 */
export async function hitsByWords(
  { query, graph, moment }: Reading,
  terms: readonly Term[],
  search: Search,
): Promise<Hits> {
  const rarestFirst = terms.toSorted((one, other) => one.count - other.count);
  const text = hitsQuery(rarestFirst, moment);
  const { entityTypes = null, tags = [] } = search;
  const name = folded(search.text.trim().replaceAll("\0", "").toWellFormed());
  const words = rarestFirst.map(({ wanted }) => wanted);
  const values = [graph, entityTypes, tags, RANKED + 1, WEIGHTS, name, ...words];
  const found = await query<Hit>(text, values);
  const isFrequent = terms.length === 1 && (terms[0]?.count ?? 0) >= FREQUENT;
  return { hits: found.slice(0, RANKED), isCut: isFrequent || found.length > RANKED };
}

/** How much a match counts in: a fact, nothing, type or tags, the name. */
const WEIGHTS = [0.1, 0.1, 0.4, 1];

/** Where the words begin among the values. */
const FIRST_WORD = 7;

/** The condition that an entity `h` is what is looked for besides its words. */
export const FITS = `
  ($2::text[] IS NULL OR h.entity_type = ANY ($2::text[])) AND h.tags @> $3::text[]`;

/**
 * Looks where the rarest word occurs, and there for the others: cheap whatever the planner believes of a graph that
 * has just grown. Where all are frequent, what they have in common is found first.
 */
function hitsQuery(terms: readonly Term[], moment: number | undefined): string {
  const words = terms.map((_, index) => `$${FIRST_WORD + index}::tsquery`);
  const [rarest = "", ...others] = words;
  const isRare = terms.length === 1 || (terms[0]?.count ?? 0) < FREQUENT;
  const begin = isRare ? entitiesWith(rarest, moment) : commonTo(words, moment);
  const checks = isRare ? others.map((word) => ` AND ${occursIn("h", word, moment)}`) : [];
  const inHead = words.map((word) => `(h.terms @@ ${word})::integer`).join(" + ");
  return `
    WITH begun AS MATERIALIZED (${begin}), found AS MATERIALIZED (
      SELECT h.entity, h.importance, h.terms, h.folded = $6 AS is_named
      FROM (SELECT DISTINCT entity FROM begun) AS each, LATERAL ${headOf("each.entity", moment)} AS h
      WHERE ${FITS}${checks.join("")}
      ORDER BY h.folded = $6 DESC, ${inHead} DESC, h.entity DESC LIMIT $4
    )
    SELECT found.entity AS id, (
      SELECT sum(best)::double precision FROM (
        SELECT max(ts_rank($5::real[], passage.terms, word, 1)) AS best
        FROM unnest(ARRAY[${words.join(", ")}]) WITH ORDINALITY AS asked(word, place)
        JOIN LATERAL (
          SELECT found.terms UNION ALL
          SELECT o.terms FROM portico_memory.observation o
          WHERE o.graph = $1 AND o.entity = found.entity AND ${alive("o", moment)}
        ) AS passage(terms) ON passage.terms @@ word
        GROUP BY place
      ) AS each
    ) + is_named::integer AS score
    FROM found
    ORDER BY score DESC, found.importance DESC, found.entity DESC`;
}

/** Entities with a word, some of them more than once; of a single frequent word, enough to choose from. */
function entitiesWith(word: string, moment: number | undefined): string {
  const matches = `@@ (('@' || $1::integer)::tsquery && ${word})`;
  // Planned as if all were wanted: for a few, the planner would rather read everything than begin with the index.
  const found = (table: "head" | "observation") => `(
    WITH matching AS MATERIALIZED (
      SELECT v.entity FROM portico_memory.${table} v WHERE v.terms ${matches} AND ${alive("v", moment)})
    SELECT entity FROM matching LIMIT ${LOOKED_AT})`;
  return `${found("head")} UNION ALL ${found("observation")}`;
}

function commonTo(words: readonly string[], moment: number | undefined): string {
  const sets = words.map((word) => {
    const matches = `@@ (('@' || $1::integer)::tsquery && ${word})`;
    return `(
      SELECT n.entity FROM portico_memory.head n
      WHERE n.terms ${matches} AND ${alive("n", moment)}
      UNION
      SELECT o.entity FROM portico_memory.observation o
      WHERE o.terms ${matches} AND ${alive("o", moment)})`;
  });
  return sets.join(" INTERSECT ");
}

function occursIn(head: string, word: string, moment: number | undefined): string {
  return `(${head}.terms @@ ${word} OR EXISTS (
    SELECT FROM portico_memory.observation o
    WHERE o.graph = $1 AND o.entity = ${head}.entity AND o.terms @@ ${word} AND ${alive("o", moment)}))`;
}
