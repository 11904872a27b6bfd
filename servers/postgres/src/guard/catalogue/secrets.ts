import { Refused } from "../refused.ts";
import { mayBeSecret, SECRET_SETTINGS } from "../settings.ts";
import type { Uses } from "../uses.ts";
import type { Ask } from "./check.ts";

/**
 * Refuses a statement that would show settings, where one of them holds a secret.
 * @throws {Refused}
 */
export async function checkSecrets(uses: Uses, ask: Ask): Promise<void> {
  if (uses.allSettings) await checkSettings(ask);
  if (uses.keptSettings) await checkKept(ask, uses.keptSettings === "all");
}

async function checkSettings(ask: Ask): Promise<void> {
  const [secret] = await ask(SECRETS, [SECRET_SETTINGS]);
  if (secret) {
    throw new Refused(
      `The setting ${secret[0]} may hold a secret; ask for one setting by SHOW and its name.`,
    );
  }
}

async function checkKept(ask: Ask, all: boolean): Promise<void> {
  const kept = await ask(KEPT, []);
  const secret = kept.find(
    ([name, ofRole]) => (all || ofRole === "true") && mayBeSecret(name ?? ""),
  );
  if (!secret) return;
  const instead = all
    ? "ask for one setting by SHOW and its name"
    : "roles are also in information_schema.enabled_roles";
  throw new Refused(
    `This would show the setting ${secret[0]}, which may hold a secret; ${instead}.`,
  );
}

/** Whether a setting that holds a secret is set, and shown to the caller. `$1` are their names. */
const SECRETS = `
SELECT s.name FROM pg_catalog.pg_settings s
WHERE s.name OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.text[])
  AND s.setting OPERATOR(pg_catalog.<>) ''::pg_catalog.text
`;

/** The names of the settings kept for roles and databases, and whether pg_roles shows them. */
const KEPT = `
SELECT pg_catalog.split_part(entry, '=', 1), (
  s.setrole OPERATOR(pg_catalog.<>) '0'::pg_catalog.oid
  AND s.setdatabase OPERATOR(pg_catalog.=) '0'::pg_catalog.oid
)::pg_catalog.text
FROM pg_catalog.pg_db_role_setting s, LATERAL pg_catalog.unnest(s.setconfig) entry
`;
