// What the current user may use at all, by the rules of information_schema. The catalogue shows everybody every name;
// one that leads nowhere is of no use to a model.

/** True for a schema `n` the user may look into. */
export const SCHEMA_IS_OPEN =
  "(pg_has_role(n.nspowner, 'USAGE') OR has_schema_privilege(n.oid, 'USAGE'))";

/** True for a relation `c` the user has any privilege on. */
export const RELATION_IS_OPEN = `(pg_has_role(c.relowner, 'USAGE')
  OR CASE c.relkind WHEN 'S' THEN has_sequence_privilege(c.oid, 'SELECT, UPDATE, USAGE')
     ELSE has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
       OR has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE, REFERENCES') END)`;

/** True for a routine `p` the user may run. */
export const ROUTINE_IS_OPEN =
  "(pg_has_role(p.proowner, 'USAGE') OR has_function_privilege(p.oid, 'EXECUTE'))";

/** True for a type `t` the user may use. */
export const TYPE_IS_OPEN =
  "(pg_has_role(t.typowner, 'USAGE') OR has_type_privilege(t.oid, 'USAGE'))";

/** True for a column `a` of relation `c` the user has any privilege on. */
export const COLUMN_IS_OPEN = `(pg_has_role(c.relowner, 'USAGE')
  OR has_column_privilege(c.oid, a.attnum, 'SELECT, INSERT, UPDATE, REFERENCES'))`;
