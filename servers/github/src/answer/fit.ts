import { countFitting, type JsonObject, type JsonValue } from "@portico/remote-api";

/** Tokens one answer may cost a model. */
export const BUDGET_TOKENS = 20_000;

/** Bytes that make one token, roughly. */
const BYTES_IN_TOKEN = 4;

/** An answer within the budget, and what the model should know of what is missing. */
export interface Fitted {
  readonly data: JsonObject;
  readonly note?: string;
}

/**
 * As much of `data` as there is room for: of its list the first items, and of long texts the beginnings.
 * @param list the member that is the list, where there is one
 */
export function fit(data: JsonObject, list: string | undefined, tokens = BUDGET_TOKENS): Fitted {
  const room = tokens * BYTES_IN_TOKEN;
  if (sizeOf(data) <= room) return { data };
  const items = list === undefined ? undefined : data[list];
  if (list === undefined || !Array.isArray(items)) return cut(data, room);
  const rest = sizeOf({ ...data, [list]: [] });
  // One item is always shown, with its texts cut where it has to be.
  const shown = countFitting(
    items.map((item) => JSON.stringify(item)),
    (room - rest) / BYTES_IN_TOKEN,
  );
  const kept = cut({ ...data, [list]: items.slice(0, shown) }, room);
  const left_out = items.length - shown;
  if (left_out === 0) return kept;
  const note = `${left_out} more had no room, and a next page comes after them: name the fields you need, or ask for fewer at a time.`;
  return { data: { ...kept.data, left_out }, note: [kept.note, note].filter(Boolean).join(" ") };
}

/** The same with its longest texts cut to one length, the largest that fits. */
function cut(data: JsonObject, room: number): Fitted {
  if (sizeOf(data) <= room) return { data };
  let low = 0;
  let high = room;
  while (low < high) {
    const length = Math.ceil((low + high) / 2);
    if (sizeOf(shortened(data, length)) <= room) low = length;
    else high = length - 1;
  }
  const note = `Texts longer than ${low} characters are cut; ask for the rest in parts where the tool lets you.`;
  return { data: shortened(data, low) as JsonObject, note };
}

function shortened(value: JsonValue, length: number): JsonValue {
  if (typeof value === "string") {
    return value.length <= length ? value : `${value.slice(0, length).toWellFormed()}…`;
  }
  if (Array.isArray(value)) return value.map((one) => shortened(one, length));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, shortened(one as JsonValue, length)]),
  );
}

const sizeOf = (value: JsonValue) => Buffer.byteLength(JSON.stringify(value));
