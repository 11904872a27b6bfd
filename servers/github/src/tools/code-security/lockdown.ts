import type { Repository } from "../../api/github.ts";
import type { ToolCall } from "../shared/github-tool.ts";

interface Alert {
  readonly most_recent_instance: { readonly ref?: string };
}

/** Lockdown: names and code in an alert of a pull request are its author's, who may be anybody. */
export async function shownAlerts<T extends Alert>(
  place: Repository,
  alerts: readonly T[],
  call: ToolCall,
): Promise<{ readonly kept: T[]; readonly withheld: number }> {
  const isOpen = await call.mayShow(place, undefined);
  const kept = alerts.filter(
    ({ most_recent_instance: { ref = "" } }) => isOpen || !ref.startsWith("refs/pull/"),
  );
  return { kept, withheld: alerts.length - kept.length };
}
