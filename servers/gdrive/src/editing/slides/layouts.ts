import type { slides_v1 } from "@googleapis/slides";
import { withoutInvisible } from "@portico/remote-api";
import { GoogleError } from "../../google/error.ts";

/** What a slide can be made from, and where its texts go. */
export interface Layout {
  readonly id: string;
  readonly title?: slides_v1.Schema$Placeholder | undefined;
  readonly body?: slides_v1.Schema$Placeholder | undefined;
}

const TITLES = ["TITLE", "CENTERED_TITLE"];
const BODIES = ["BODY", "SUBTITLE"];

/**
 * The layout of a name, Google's own as `TITLE_AND_BODY` or the one people see.
 * @throws {GoogleError} when there is none
 */
export function findLayout({ layouts = [] }: slides_v1.Schema$Presentation, name: string): Layout {
  const wanted = name.toLowerCase();
  const found = layouts.find(({ layoutProperties }) =>
    namesOf(layoutProperties).some((one) => one.toLowerCase() === wanted),
  );
  if (!found?.objectId) {
    const names = layouts.flatMap(({ layoutProperties }) => namesOf(layoutProperties)[0] ?? []);
    throw new GoogleError(
      `The presentation has no layout "${name}"; it has ${names.join(", ") || "none"}.`,
    );
  }
  const places = (found.pageElements ?? []).flatMap(({ shape }) => {
    const { type, index } = shape?.placeholder ?? {};
    return type ? [{ type, ...(index && { index }) }] : [];
  });
  const placeOf = (types: readonly string[]) => places.find(({ type }) => types.includes(type));
  return { id: found.objectId, title: placeOf(TITLES), body: placeOf(BODIES) };
}

function namesOf({ name, displayName }: slides_v1.Schema$LayoutProperties = {}): string[] {
  return [name, displayName].flatMap((one) => (one ? [withoutInvisible(one)] : []));
}
