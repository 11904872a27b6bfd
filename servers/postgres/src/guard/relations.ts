import { Refused } from "./refused.ts";
import type { Name } from "./uses.ts";

/** Relations of PostgreSQL's own that hold passwords, or show the server's files. */
const SECRET_RELATIONS = new Map(
  Object.entries({
    pg_authid: "pg_roles",
    pg_shadow: "pg_roles",
    pg_user_mapping: "pg_foreign_server",
    pg_user_mappings: "pg_foreign_server",
    _pg_user_mappings: "pg_foreign_server",
    user_mapping_options: "pg_foreign_server",
    pg_subscription: "pg_stat_subscription",
    pg_statistic: "pg_stats",
    pg_statistic_ext_data: "pg_stats_ext",
    pg_hba_file_rules: "pg_settings",
    pg_ident_file_mappings: "pg_settings",
    pg_file_settings: "pg_settings",
  }),
);

/** Schemas that belong to PostgreSQL: writing there would go past every command that checks. */
export const SYSTEM_SCHEMAS: ReadonlySet<string> = new Set([
  "pg_catalog",
  "information_schema",
  "pg_toast",
]);

/**
 * Refuses to read what holds passwords. A user's own table of such a name can be read by its schema.
 * @throws {Refused}
 */
export function checkRead({ schema, name }: Name): void {
  const instead = SECRET_RELATIONS.get(name);
  if (instead && (schema === undefined || SYSTEM_SCHEMAS.has(schema))) {
    throw new Refused(`${name} may hold secrets and is not read; use ${instead}.`);
  }
  if (schema === "pg_toast") {
    throw new Refused("Tables of pg_toast are not read; read the table they belong to.");
  }
}

/**
 * Refuses to write to PostgreSQL's own tables.
 * @throws {Refused}
 */
export function checkWritten({ schema, name }: Name): void {
  if (schema === undefined ? name.startsWith("pg_") : SYSTEM_SCHEMAS.has(schema)) {
    throw new Refused(
      `${name} belongs to PostgreSQL and is not written to; change it by the command made for it.`,
    );
  }
}
