import type { Api } from "./api/github.ts";
import type { AllowList } from "./bounds/allow-list.ts";
import type { FlowGuard } from "./guard/flow-guard.ts";
import type { Lockdown } from "./lockdown/lockdown.ts";

/** What the tools, resources and prompts of this server work with. */
export interface Deps {
  readonly api: Api;
  /** What nobody may leave. */
  readonly allowed: AllowList;
  /** Withholds what strangers wrote. */
  readonly lockdown: Lockdown;
  /** Stands between what strangers wrote, what is private, and what everybody can read. */
  readonly flow: FlowGuard;
  /** Runs destructive tools without asking the user, for unattended use. */
  readonly isUnattended: boolean;
}
