import type { Change, ListKind } from "../kernel/changes.ts";
import type { SubscriptionFilter } from "../protocol/index.ts";
import type { JsonObject } from "../schema/json-schema.ts";

const LIST_CHANGED: Readonly<Record<string, ListKind>> = {
  "notifications/tools/list_changed": "tools",
  "notifications/prompts/list_changed": "prompts",
  "notifications/resources/list_changed": "resources",
};

/** The change a server's notification tells of; undefined for every other notification. */
export function changeOf(method: string, params: JsonObject): Change | undefined {
  if (method === "notifications/resources/updated") {
    return typeof params.uri === "string" ? { kind: "resource", uri: params.uri } : undefined;
  }
  const list = Object.hasOwn(LIST_CHANGED, method) ? LIST_CHANGED[method] : undefined;
  return list && { kind: "list", list };
}

/** True when `filter` asks for `change`. A resource is also asked for by what contains it (server/resources). */
export function covers(filter: SubscriptionFilter, change: Change): boolean {
  if (change.kind === "list") return filter[`${change.list}ListChanged`] === true;
  return (filter.resourceSubscriptions ?? []).some((uri) => contains(uri, change.uri));
}

function contains(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(outer.endsWith("/") ? outer : `${outer}/`);
}
