import type { JsonObject, JsonValue } from "@portico/remote-api";

/** A JSON value that GitHub's clients may also leave out. */
type Possible = JsonValue | undefined;

/** The members that say something: without what is absent, null, empty or an empty list. */
export function stated(members: Readonly<Record<string, Possible>>): JsonObject {
  const says = ([, value]: [string, Possible]) =>
    value !== undefined &&
    value !== null &&
    value !== "" &&
    !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(members).filter(says)) as JsonObject;
}
