import { COLUMN_IS_OPEN } from "../visible.ts";
import { IS_EXTRA_RELATION, OPEN_RELATION } from "./relations.ts";
import { commentIn, type KindSource, objects } from "./source.ts";

/** What parts of a table `c` have in common. */
const OF_TABLE = { schema: "n.nspname", parent: "c.relname", isExtra: IS_EXTRA_RELATION };

export const COLUMN: KindSource = {
  all: objects({
    ...OF_TABLE,
    oid: "c.oid",
    sub: "a.attnum",
    name: "a.attname",
    from: `${OPEN_RELATION}
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND ${COLUMN_IS_OPEN}
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')`,
  }),
  summary: `(
    SELECT json_build_object(
      'data_type', format_type(a.atttypid, a.atttypmod),
      'not_null', nullif(a.attnotnull, false),
      'comment', col_description(o.oid, a.attnum))
    FROM pg_attribute a WHERE a.attrelid = o.oid AND a.attnum = o.sub)`,
};

export const INDEX: KindSource = {
  all: objects({
    ...OF_TABLE,
    oid: "x.oid",
    name: "x.relname",
    from: `${OPEN_RELATION}
      JOIN pg_index i ON i.indrelid = c.oid JOIN pg_class x ON x.oid = i.indexrelid
      WHERE c.relkind IN ('r', 'p', 'm')`,
  }),
  summary: `json_build_object('definition', pg_get_indexdef(o.oid), ${commentIn("pg_class")})`,
};

/** NOT NULL, which newer versions count among the constraints, is told of with the column. */
export const CONSTRAINT: KindSource = {
  all: objects({
    ...OF_TABLE,
    oid: "k.oid",
    name: "k.conname",
    from: `${OPEN_RELATION}
      JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype IN ('p', 'f', 'u', 'c', 'x')`,
  }),
  summary: `json_build_object('definition', pg_get_constraintdef(o.oid), ${commentIn("pg_constraint")})`,
};

export const TRIGGER: KindSource = {
  all: objects({
    ...OF_TABLE,
    oid: "g.oid",
    name: "g.tgname",
    from: `${OPEN_RELATION} JOIN pg_trigger g ON g.tgrelid = c.oid AND NOT g.tgisinternal`,
  }),
  summary: `json_build_object('definition', pg_get_triggerdef(o.oid), ${commentIn("pg_trigger")})`,
};

export const POLICY: KindSource = {
  all: objects({
    ...OF_TABLE,
    oid: "y.oid",
    name: "y.polname",
    from: `${OPEN_RELATION} JOIN pg_policy y ON y.polrelid = c.oid`,
  }),
  summary: `(
    SELECT json_build_object(
      'using', pg_get_expr(y.polqual, y.polrelid),
      'check', pg_get_expr(y.polwithcheck, y.polrelid),
      ${commentIn("pg_policy")})
    FROM pg_policy y WHERE y.oid = o.oid)`,
};
