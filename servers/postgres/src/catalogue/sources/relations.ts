import { RELATION_IS_OPEN, SCHEMA_IS_OPEN } from "../visible.ts";
import { anyOf, commentIn, isPartOfAnother, type KindSource, objects } from "./source.ts";

/** Every relation `c` the user may use, in its schema `n`. */
export const OPEN_RELATION = `pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace AND ${SCHEMA_IS_OPEN} AND ${RELATION_IS_OPEN}`;

/** Partitions are told of with their table. */
export const IS_EXTRA_RELATION = `(c.relispartition OR ${isPartOfAnother("pg_class", "c.oid")})`;

/** The bytes of a relation `c` as the planner knows them, at its last VACUUM or ANALYZE. */
export const ESTIMATED_BYTES =
  "CASE WHEN c.relpages > 0 THEN c.relpages::int8 * current_setting('block_size')::int8 END";

/** The relations of some kinds, by their letters in `pg_class`. */
export function relations(...letters: readonly string[]): KindSource {
  return {
    all: objects({
      oid: "c.oid",
      schema: "n.nspname",
      name: "c.relname",
      isExtra: IS_EXTRA_RELATION,
      from: `${OPEN_RELATION} WHERE c.relkind IN ${anyOf(letters)}`,
    }),
    summary: `(
      SELECT json_build_object(
        'partitioned', nullif(c.relkind = 'p', false),
        'partition_of', (SELECT i.inhparent::regclass FROM pg_inherits i WHERE c.relispartition AND i.inhrelid = c.oid),
        'estimated_rows', CASE WHEN c.relkind IN ('r', 'm', 'f') AND c.reltuples >= 0 THEN c.reltuples::int8 END,
        'estimated_bytes', CASE WHEN c.relkind <> 'S' THEN ${ESTIMATED_BYTES} END,
        'columns', CASE WHEN c.relkind <> 'S' THEN c.relnatts END,
        ${commentIn("pg_class")})
      FROM pg_class c WHERE c.oid = o.oid)`,
  };
}
