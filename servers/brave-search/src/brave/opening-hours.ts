import type { JsonObject, JsonValue } from "@portico/remote-api";
import { at, textAt } from "./results.ts";

/** When a place is open, a text for each day it names: `Monday 09:00-12:00, 13:00-18:00`. */
export function openingHours(place: JsonObject): string[] {
  // The archived server's data had texts already.
  const texts = at(place, "openingHours");
  if (Array.isArray(texts)) return texts.filter((text) => typeof text === "string");
  const hours = new Map<string, string[]>();
  const days = [at(place, "opening_hours", "current_day"), at(place, "opening_hours", "days")];
  for (const period of days.flatMap(flat)) {
    const [day, opens, closes] = ["full_name", "opens", "closes"].map((name) =>
      textAt(period, name),
    );
    if (day === undefined) continue;
    const spans = hours.get(day) ?? [];
    const span = `${opens}-${closes}`;
    if (!spans.includes(span)) hours.set(day, [...spans, span]);
  }
  return [...hours].map(([day, spans]) => `${day} ${spans.join(", ")}`);
}

/** A day comes as one period or as a list of them. */
function flat(value: JsonValue | undefined): JsonValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.flatMap(flat) : [value];
}
