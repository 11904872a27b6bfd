import type { Fields } from "./parser.ts";
import { Refused } from "./refused.ts";

/** Settings that PostgreSQL itself shows to few, because they hold passwords or lead to them. */
export const SECRET_SETTINGS = ["primary_conninfo", "ssl_passphrase_command"];

const SECRET_WORDS =
  /secret|passw|passphrase|token|credential|private|api_?key|_key$|\.key$|conninfo/i;

/** Whether a setting may hold a secret: those above, and settings people make themselves whose name says so. */
export function mayBeSecret(name: string): boolean {
  const lower = name.toLowerCase();
  const own = lower.includes(".");
  return SECRET_SETTINGS.includes(lower) || (own && SECRET_WORDS.test(lower));
}

/**
 * Refuses a setting that may hold a secret.
 * @throws {Refused}
 */
export function checkSetting(name: string): void {
  if (mayBeSecret(name)) {
    throw new Refused(
      `The setting ${name} may hold a secret and is not shown; ask for another one.`,
    );
  }
}

/**
 * `current_setting()` has to be called with a name that can be read in the statement.
 * @throws {Refused}
 */
export function checkSettingCall(call: Fields): void {
  const [first] = (call.args ?? []) as readonly { readonly A_Const?: Fields }[];
  const name = (first?.A_Const?.sval as { readonly sval?: string } | undefined)?.sval;
  if (name === undefined) {
    throw new Refused("Call current_setting() with the name of the setting written out.");
  }
  checkSetting(name);
}
