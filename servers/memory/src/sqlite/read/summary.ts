import type { Summary } from "../../graph/types.ts";
import { aliveRelation, boundAt, entitiesAt, observationsAt, relationsAt } from "../as-of.ts";
import type { Connection, Values } from "../connection.ts";
import { idsOf } from "../graph-ids.ts";

/** Rows of each list of a summary. */
const SHOWN = 20;
/** Relations that are counted for the best connected. */
const RELATIONS_COUNTED = 50_000;
/** Changes looked through for what changed last. */
const LOOKED_THROUGH = 2000;

/** Looks at the database. Others have their turn between two looks. */
type Look = <T>(look: (connection: Connection) => T) => Promise<T>;

/** A graph in figures. They are read one after the other: of a large graph, each takes some time. */
export async function summary(look: Look, graph: number, at: number | undefined): Promise<Summary> {
  const values = { graph, ...idsOf(graph), ...boundAt(at) };
  const counted = (what: string, source: string) =>
    look((connection) => counts(connection, values, what, source));
  const entities = `${entitiesAt(at)} AS e WHERE e.graph = :graph AND e.type IS NOT NULL`;
  const entityTypes = await counted("e.type", entities);
  const relationTypes = await counted("r.type", `${relationsAt(at)} AS r WHERE r.graph = :graph`);
  const tags = await counted(
    "t.value",
    `${entitiesAt(at)} AS e, json_each(e.tags) AS t
     WHERE e.graph = :graph AND e.type IS NOT NULL AND e.tags IS NOT NULL`,
  );
  return {
    entities: total(entityTypes),
    observations: await look((connection) => observations(connection, values, at)),
    relations: total(relationTypes),
    entityTypes: entityTypes.slice(0, SHOWN),
    relationTypes: relationTypes.slice(0, SHOWN),
    tags: tags.slice(0, SHOWN),
    hubs: await look((connection) => hubs(connection, values, at)),
    recent: await look((connection) => recent(connection, values, at)),
  };
}

/** A summary of a graph nobody has written to. */
export const EMPTY: Summary = {
  entities: 0,
  observations: 0,
  relations: 0,
  entityTypes: [],
  relationTypes: [],
  tags: [],
  hubs: [],
  recent: [],
};

function counts(
  connection: Connection,
  values: Values,
  what: string,
  source: string,
): [string, number][] {
  return connection
    .all<{ what: string; count: number }>(
      `SELECT ${what} AS what, count(*) AS count FROM ${source} GROUP BY 1 ORDER BY 2 DESC, 1`,
      values,
    )
    .map(({ what, count }) => [what, count]);
}

function total(counts: readonly (readonly [string, number])[]): number {
  return counts.reduce((sum, [, count]) => sum + count, 0);
}

/** Facts, without those of deleted entities: these are counted alone, being few. */
function observations(connection: Connection, values: Values, at: number | undefined): number {
  const facts = `FROM ${observationsAt(at)} AS o WHERE`;
  const gone = `SELECT DISTINCT p.id FROM entity_past AS p WHERE p.graph = :graph
    AND NOT EXISTS (SELECT 1 FROM ${entitiesAt(at)} AS e WHERE e.id = p.id)`;
  const row = connection.get<{ count: number }>(
    `SELECT (SELECT count(*) ${facts} o.entity >= :first AND o.entity < :end)
       - (SELECT count(*) ${facts} o.entity IN (${gone})) AS count`,
    values,
  );
  return row?.count ?? 0;
}

/** The best connected, by the latest relations where there are a great many. */
function hubs(connection: Connection, values: Values, at: number | undefined): [string, number][] {
  return connection
    .all<{ name: string; count: number }>(
      `WITH latest AS MATERIALIZED (
         SELECT source, target FROM relation WHERE graph = :graph AND ${aliveRelation(at)}
         ORDER BY id DESC LIMIT ${RELATIONS_COUNTED}
       ), best AS (
         SELECT id, count(*) AS count FROM (
           SELECT source AS id FROM latest UNION ALL SELECT target FROM latest WHERE target <> source
         ) GROUP BY id ORDER BY 2 DESC, id LIMIT ${SHOWN * 2}
       )
       SELECT e.name, best.count FROM best JOIN ${entitiesAt(at)} AS e ON e.id = best.id
       WHERE e.type IS NOT NULL ORDER BY 2 DESC, e.created LIMIT ${SHOWN}`,
      values,
    )
    .map(({ name, count }) => [name, count]);
}

function recent(
  connection: Connection,
  values: Values,
  at: number | undefined,
): [string, number][] {
  const until = at === undefined ? "" : "AND id <= :at";
  return connection
    .all<{ name: string; at: number }>(
      `SELECT e.name, max(c.at) AS at FROM (
         SELECT id, at, entity, other FROM change WHERE graph = :graph ${until}
         ORDER BY id DESC LIMIT ${LOOKED_THROUGH}
       ) AS c JOIN ${entitiesAt(at)} AS e ON e.id = c.entity
       WHERE e.type IS NOT NULL GROUP BY e.id ORDER BY max(c.id) DESC LIMIT ${SHOWN}`,
      values,
    )
    .map(({ name, at }) => [name, at]);
}
