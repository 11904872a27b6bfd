import { setTimeout as sleep } from "node:timers/promises";
import type { JsonObject } from "@portico/remote-api";
import type { Ask, Brave } from "./client.ts";
import { BraveError } from "./error.ts";
import { listAt, textAt } from "./results.ts";

const FIRST_PAUSE_MS = 200;
const ATTEMPTS = 8;

/**
 * The summary that a search announced, once it is written: asked for with growing pauses, for half a minute at most.
 * @throws {BraveError} when it is not written by then
 */
export async function summaryOf(brave: Brave, ask: Ask): Promise<JsonObject> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    // What is being written must not be answered from the cache.
    const answer = await brave.get("summary", { ...ask, headers: { "cache-control": "no-cache" } });
    if (answer.status === "complete") return answer;
    if (answer.status === "failed") break;
    await sleep(FIRST_PAUSE_MS * 2 ** Math.min(attempt, 5), undefined, { signal: ask.signal });
  }
  throw new BraveError(
    "Brave has no summary for this key; search again with summary and use its new key.",
  );
}

/** The text of a summary, with where each statement comes from. */
export function summaryText(answer: JsonObject): string {
  return listAt(answer, "summary")
    .map((part) => {
      if (part.type === "inline_reference") return ` (${textAt(part, "data", "url") ?? ""})`;
      return part.type === "token" ? (textAt(part, "data") ?? "") : "";
    })
    .join("");
}
