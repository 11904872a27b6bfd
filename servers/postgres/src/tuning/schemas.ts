/** Keeps PostgreSQL's own schemas out: `n` is the `pg_namespace` of what is looked for. */
export const OF_USERS = String.raw`n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'`;
