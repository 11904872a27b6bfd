import type { Database } from "./database/database.ts";
import type { AccessMode } from "./guard/access-mode.ts";
import type { IdentityOptions } from "./identity.ts";

/** The databases the operator named. */
export interface Databases {
  /** In the order they were named. */
  readonly names: readonly string[];
  /** @throws {Error} when there is none of that name */
  get(name: string): Database;
  close(): Promise<void>;
}

/** What the tools, resources and prompts of this server work with. */
export interface Deps {
  /** None of them when nothing is set yet. */
  readonly databases: Databases;
  /** What callers may do to them. */
  readonly accessMode: AccessMode;
  /** How authenticated callers become users of PostgreSQL. */
  readonly identity: IdentityOptions;
  /** Runs dangerous statements without asking the user, for unattended use. */
  readonly executeUnasked: boolean;
}
