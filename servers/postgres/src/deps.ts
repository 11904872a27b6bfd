import type { CatalogueChecks } from "./catalogue-checks.ts";
import type { Databases } from "./database/database.ts";
import type { Exports } from "./exports/exports.ts";
import type { AccessMode } from "./guard/access-mode.ts";
import type { IdentityOptions } from "./identity.ts";
import type { Masking } from "./masking/masking.ts";
import type { Cursor } from "./transactions/cursor.ts";
import type { Leases } from "./transactions/leases.ts";
import type { Transaction } from "./transactions/transaction.ts";

/** What the tools, resources and prompts of this server work with. */
export interface Deps {
  /** None of them when nothing is set yet. */
  readonly databases: Databases;
  /** What callers may do to them. */
  readonly accessMode: AccessMode;
  /** How authenticated callers become users of PostgreSQL. */
  readonly identity: IdentityOptions;
  /** Hides what callers shall not see. */
  readonly masking: Masking;
  /** Looks at a caller's statement a second time, with what the database knows of its names. */
  readonly checks: CatalogueChecks;
  /** Runs dangerous statements without asking the user, for unattended use. */
  readonly executeUnasked: boolean;
  /** Transactions that last over several calls. */
  readonly transactions: Leases<Transaction>;
  /** Queries whose rest is still to be read. */
  readonly cursors: Leases<Cursor>;
  /** Files that rows were exported to. */
  readonly exports: Exports;
}
