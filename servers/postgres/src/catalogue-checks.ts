import type { Ask, CatalogueCheck } from "./guard/catalogue/check.ts";
import type { AllowedFunctions } from "./guard/functions/allowed.ts";
import type { Judgement } from "./guard/judge.ts";

/** Looks at what a statement's names mean in a database, before it runs there. */
export type CheckIn = (database: string, judgement: Judgement, ask: Ask) => Promise<void>;

/** Makes the check for all databases: each has its own, since one name means something else in each. */
export function catalogueChecks(allowed: AllowedFunctions): CheckIn {
  const checks = new Map<string, CatalogueCheck>();
  return async (database, judgement, ask) => {
    const { catalogueCheck } = await import("./guard/catalogue/check.ts");
    const check = checks.get(database) ?? catalogueCheck(allowed);
    checks.set(database, check);
    await check(judgement, ask);
  };
}
