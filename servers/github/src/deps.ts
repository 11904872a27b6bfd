import type { Api } from "./api/github.ts";
import type { Granted } from "./auth/granted.ts";
import type { AllowList } from "./bounds/allow-list.ts";
import type { FlowGuard } from "./guard/flow-guard.ts";
import type { Lockdown } from "./lockdown/lockdown.ts";
import type { Selection } from "./selection.ts";
import type { Sessions } from "./sessions.ts";
import type { Enabled } from "./tools/offer/enabled.ts";

/** What the tools, resources and prompts of this server work with. */
export interface Deps {
  readonly api: Api;
  /** What nobody may leave. */
  readonly allowed: AllowList;
  /** The scopes of tokens, as far as answers told of them. */
  readonly granted: Granted;
  /** Which tools are offered. */
  readonly selection: Selection;
  /** Withholds what strangers wrote, where the operator or the caller wants it. */
  readonly lockdown: Lockdown;
  /** Whether the operator wants that for every call. */
  readonly isLocked: boolean;
  /** Stands between what strangers wrote, what is private, and what everybody can read. */
  readonly flow: FlowGuard;
  /** Tells sessions apart. */
  readonly sessions: Sessions;
  /** What sessions have enabled for themselves. */
  readonly enabled: Enabled;
  /** Runs destructive tools without asking the user, for unattended use. */
  readonly isUnattended: boolean;
}
