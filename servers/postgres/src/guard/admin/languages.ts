import type { Fields } from "../parser.ts";
import { Refused } from "../refused.ts";

/** Languages whose functions reach outside of the database. */
const UNTRUSTED = /^(c|internal|plsh|pl\w+u|plpython\w*|plr)$/;

/**
 * Refuses functions and blocks in languages that reach outside of the database.
 * @throws {Refused}
 */
export function checkLanguage(type: string, fields: Fields): void {
  if (type !== "CreateFunctionStmt" && type !== "DoStmt") return;
  const options = (fields.options ?? fields.args ?? []) as readonly { readonly DefElem: Fields }[];
  for (const { DefElem: option } of options) {
    if (option.defname !== "language") continue;
    const { String: language } = option.arg as Readonly<Record<string, Fields>>;
    const name = String(language?.sval).toLowerCase();
    if (UNTRUSTED.test(name)) {
      throw new Refused(`The language ${name} reaches outside of the database; use psql for that.`);
    }
  }
}
