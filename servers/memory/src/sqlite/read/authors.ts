import type { Author } from "../../graph/types.ts";

/** Who made a change, as columns of a row that joins `author AS a`. */
export interface AuthorColumns {
  readonly who: string | null;
  readonly client: string | null;
}

/** The author of a row, without what nobody said. */
export function authorOf({ who, client }: AuthorColumns): Author {
  return { ...(who === null ? {} : { who }), ...(client === null ? {} : { client }) };
}
