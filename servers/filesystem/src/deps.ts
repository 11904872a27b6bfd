import type { Access } from "./access.ts";

/** What the tools, resources and prompts of this server work with. */
export interface Deps {
  readonly access: Access;
  /** Deletes without asking the user, for unattended use. */
  readonly deleteUnasked: boolean;
}
