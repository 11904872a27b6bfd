import type { Condition, Identity } from "./database/database.ts";
import type { Ask, CatalogueCheck } from "./guard/catalogue/check.ts";
import type { AllowedFunctions } from "./guard/functions/allowed.ts";
import type { Judgement } from "./guard/judge.ts";

/** For whom a statement is looked at, and where it is to run. */
export interface Place {
  readonly database: string;
  readonly identity: Identity | undefined;
}

/** Looks at what a statement's names mean in a database, before it runs there: one check for each database. */
export class CatalogueChecks {
  readonly #allowed: AllowedFunctions;
  readonly #checks = new Map<string, CatalogueCheck>();

  constructor(allowed: AllowedFunctions) {
    this.#allowed = allowed;
  }

  /** @throws {Refused} */
  async check({ database, identity }: Place, judgement: Judgement, ask: Ask): Promise<void> {
    const { catalogueCheck } = await import("./guard/catalogue/check.ts");
    const check = this.#checks.get(database) ?? catalogueCheck(this.#allowed);
    this.#checks.set(database, check);
    await check.check(judgement, ask, identity?.role);
  }

  /** What a statement may be run under without that look, where one like it passed before. */
  condition({ database, identity }: Place, judgement: Judgement): Condition | undefined {
    return this.#checks.get(database)?.condition(judgement, identity?.role);
  }
}
