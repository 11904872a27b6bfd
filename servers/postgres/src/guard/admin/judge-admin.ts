import { checkForAdmin } from "../functions/rules.ts";
import { judgeLimited, type Verdict } from "../limited.ts";
import type { Node } from "../parser.ts";
import { Refused } from "../refused.ts";
import { kindOf, refuseAlways } from "../statements.ts";
import { named, noUses } from "../uses.ts";
import { dangerOfChange } from "./alarms.ts";
import { everyObject } from "./any-node.ts";
import { checkLanguage } from "./languages.ts";
import { checkSettings } from "./session.ts";
import { needsNoTransaction } from "./transactions.ts";

/**
 * Decides about a statement for administrators: all that the database's user may, but for what leaves the database
 * and what undoes the hold on the session.
 * @throws {Refused}
 */
export function judgeAdmin(statement: Node): Verdict {
  return known(statement) ?? anything(statement);
}

/** What the narrower modes allow is known best by their rules. */
function known(statement: Node): Verdict | undefined {
  try {
    return judgeLimited(statement, "read-write");
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

function anything({ type, fields }: Node): Verdict {
  for (const [name, object] of everyObject({ [type]: fields })) {
    refuseAlways(name);
    if (Array.isArray(object.funcname)) checkForAdmin(named(object.funcname));
  }
  checkSettings(type, fields);
  checkLanguage(type, fields);
  return {
    kind: kindOf(type),
    readOnly: false,
    isQuery: false,
    isTimeless: false,
    needsNoTransaction: needsNoTransaction(type, fields),
    danger: dangerOfChange({ type, fields }),
    uses: noUses(),
  };
}
