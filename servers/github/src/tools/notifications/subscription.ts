import type { JsonObject } from "@portico/core";

/** What GitHub is told of a subscription that stays. */
export function wanted(action: "ignore" | "watch"): { subscribed: boolean; ignored: boolean } {
  return { subscribed: action === "watch", ignored: action === "ignore" };
}

/** What there is of a subscription afterwards. */
export function left(action: "ignore" | "watch" | "delete"): JsonObject {
  return action === "delete" ? { subscribed: false, ignored: false } : { ...wanted(action) };
}
