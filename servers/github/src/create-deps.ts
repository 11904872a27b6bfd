import type { Addresses } from "./api/base.ts";
import { lazyApi } from "./api/lazy-api.ts";
import type { Spacing } from "./api/spacing.ts";
import type { Credentials } from "./auth/credential.ts";
import { Granted } from "./auth/granted.ts";
import { type AllowList, everything } from "./bounds/allow-list.ts";
import type { Deps } from "./deps.ts";
import { FlowGuard } from "./guard/flow-guard.ts";
import { Lockdown } from "./lockdown/lockdown.ts";
import { type Selection, selectionOf } from "./selection.ts";
import { Sessions } from "./sessions.ts";
import { Enabled } from "./tools/offer/enabled.ts";
import { version } from "./version.ts";

/** What the operator decided. */
export interface Settings {
  readonly addresses: Addresses;
  readonly credentials: Credentials;
  /** Default: everything. */
  readonly allowed?: AllowList;
  readonly selection?: Selection;
  /** Withhold what authors without push access wrote. */
  readonly isLocked?: boolean;
  /** Run destructive tools without asking. */
  readonly isUnattended?: boolean;
  /** How far apart requests are sent. Default: as GitHub asks. */
  readonly spacing?: Spacing;
}

/**
 * What the server works with. Nothing is connected yet.
 * @param scopesLearnt called when an answer told of scopes that were not known
 */
export function createDeps(settings: Settings, scopesLearnt?: () => void): Deps {
  const { addresses, credentials, allowed = everything, selection = selectionOf({}) } = settings;
  const granted = new Granted(scopesLearnt);
  const userAgent = `portico-github/${version}`;
  const { spacing } = settings;
  return {
    api: lazyApi({ addresses, credentials, allowed, granted, userAgent, spacing }),
    allowed,
    granted,
    selection,
    lockdown: new Lockdown(),
    isLocked: settings.isLocked ?? false,
    flow: new FlowGuard(),
    sessions: new Sessions(),
    enabled: new Enabled(),
    isUnattended: settings.isUnattended ?? false,
  };
}
