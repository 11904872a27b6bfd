import type { Context } from "@portico/core";
import type { Sandbox } from "./sandbox/index.ts";

/** What the tools, resources and prompts of this server work with. */
export interface Deps {
  /** Deletes without asking the user, for unattended use. */
  readonly deleteUnasked: boolean;
  /**
   * The files this caller may use: what the operator allowed, narrowed to the client's roots where it
   * has any.
   * @throws {ToolError} while no directory is allowed
   */
  filesFor(ctx: Context<Deps>): Promise<Sandbox>;
}
