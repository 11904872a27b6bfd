import type { ChangeRecord } from "../../graph/types.ts";
import { ACTIONS } from "../actions.ts";
import type { Connection } from "../connection.ts";
import { ENTITIES_PER_GRAPH } from "../graph-ids.ts";

const IMPORT = ACTIONS.indexOf("import");

/**
 * Makes a whole graph of rows of which some are missing: what others refer to is put in under a name that says so, so
 * that every fact that was read can be found.
 */
export function fillGaps(connection: Connection): void {
  connection.database.transaction(() => {
    for (const sql of STEPS) connection.database.exec(sql);
  })();
}

/** What refers to entities, with the change it came with. */
const REFERRED = `
  SELECT entity AS id, since FROM observation
  UNION ALL SELECT source, since FROM relation UNION ALL SELECT target, since FROM relation`;

/** The last change to the entity of a past version that is one of some. */
const lastOf = (entity: "entity" | "other", ...actions: ChangeRecord["action"][]) =>
  `ifnull((SELECT max(c.id) FROM change AS c WHERE c.${entity} = p.id
     AND c.action IN (${actions.map((action) => ACTIONS.indexOf(action)).join(", ")})), 0)`;

const STEPS: readonly string[] = [
  // Entities whose row is lost, but not all of what they were before: they are that again, unless they were deleted.
  `INSERT OR IGNORE INTO entity
     (id, graph, name, type, tags, importance, extra, created, since)
   SELECT p.id, p.graph, p.name, p.type, p.tags, p.importance, p.extra, p.created, max(p.until)
   FROM entity_past AS p
   WHERE ${lastOf("entity", "create-entity", "restore", "import")} >=
     max(${lastOf("entity", "delete-entity")}, ${lastOf("other", "merge-entity")})
   GROUP BY p.id`,
  // Entities whose row is lost, but not their facts or relations.
  `INSERT OR IGNORE INTO entity (id, graph, name, type, created, since)
   SELECT id, id / ${ENTITIES_PER_GRAPH}, 'recovered ' || id, 'recovered', min(since), min(since)
   FROM (${REFERRED})
   WHERE id NOT IN (SELECT id FROM entity) AND id NOT IN (SELECT id FROM entity_past)
   GROUP BY id`,
  `INSERT OR IGNORE INTO graph (id, owner, project)
   SELECT graph, '', 'recovered ' || graph FROM (
     SELECT graph FROM entity UNION SELECT graph FROM entity_past UNION SELECT graph FROM change
     UNION SELECT graph FROM relation UNION SELECT graph FROM foreign_record)`,
  `INSERT OR IGNORE INTO author (id) SELECT author FROM change`,
  `INSERT INTO author (id)
   SELECT (SELECT ifnull(max(id), 0) + 1 FROM author)
   WHERE NOT EXISTS (SELECT 1 FROM author WHERE who IS NULL AND client IS NULL)`,
  // Changes that are referred to; when they happened is not known, but not before the one before.
  `INSERT OR IGNORE INTO change (id, graph, at, author, action, entity, detail)
   SELECT lost.id, min(lost.graph),
     ifnull((SELECT at FROM change WHERE id < lost.id ORDER BY id DESC LIMIT 1), 0),
     (SELECT min(id) FROM author WHERE who IS NULL AND client IS NULL),
     ${IMPORT}, min(lost.entity), 'recovered'
   FROM (
     SELECT created AS id, graph, id AS entity FROM entity
     UNION ALL SELECT since, graph, id FROM entity
     UNION ALL SELECT created, graph, id FROM entity_past
     UNION ALL SELECT since, graph, id FROM entity_past
     UNION ALL SELECT until, graph, id FROM entity_past
     UNION ALL SELECT origin, entity / ${ENTITIES_PER_GRAPH}, entity FROM observation
     UNION ALL SELECT since, entity / ${ENTITIES_PER_GRAPH}, entity FROM observation
     UNION ALL SELECT until, entity / ${ENTITIES_PER_GRAPH}, entity FROM observation
     UNION ALL SELECT since, graph, source FROM relation
     UNION ALL SELECT until, graph, source FROM relation
   ) AS lost
   WHERE lost.id IS NOT NULL AND lost.id NOT IN (SELECT id FROM change)
   GROUP BY lost.id ORDER BY lost.id`,
];
