import type { JsonObject } from "@portico/remote-api";
import type { Brave } from "./client.ts";
import { listAt, textAt } from "./results.ts";

/** Most places one request may name. */
const BATCH = 20;

/** A place and what is written about it. */
export interface DescribedPlace {
  readonly place: JsonObject;
  readonly description: string | undefined;
}

/** What is known of places by their ids: in batches, one after the other, and in the order of the ids. */
export async function placesById(
  brave: Brave,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<DescribedPlace[]> {
  const described: DescribedPlace[] = [];
  for (let from = 0; from < ids.length; from += BATCH) {
    const batch = ids.slice(from, from + BATCH);
    const ask = { parameters: { ids: batch }, signal };
    const places = byId(await brave.get("pois", ask));
    const descriptions = byId(await brave.get("descriptions", ask));
    for (const id of batch) {
      const place = places.get(id);
      if (place)
        described.push({ place, description: textAt(descriptions.get(id), "description") });
    }
  }
  return described;
}

function byId(answer: JsonObject): Map<string, JsonObject> {
  return new Map(listAt(answer, "results").map((one) => [textAt(one, "id") ?? "", one]));
}
