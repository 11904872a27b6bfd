import { type OptionalSchema, type Reply, type Schema, s } from "@portico/core";
import type { Session } from "../../database/database.ts";
import { FORMATS, type Format } from "../../rows/format.ts";
import { type Page, type PageLimits, takePage } from "../../rows/page.ts";
import { Portions } from "../../rows/portions.ts";
import { typeOf } from "../../rows/types.ts";
import { data } from "./answer.ts";
import { parametersOf } from "./statement.ts";

/** Rows in one answer unless the caller says otherwise. */
export const USUAL_ROWS = 100;
/** Most rows in one answer. */
export const MOST_ROWS = 10_000;
/** Most rows the server is asked for at once. */
const PORTION = 2_000;

/** How many rows to answer with. */
export const limit: OptionalSchema<number> = s.optional(
  s.integer({ minimum: 1, maximum: MOST_ROWS, default: USUAL_ROWS, description: "Most rows" }),
);

/** How to write them. */
export const format: OptionalSchema<Format> = s.optional(
  s.enum(FORMATS, {
    default: "json",
    description: "compact and table take the fewest tokens",
  }),
);

/** Rows as structured content. */
export interface RowsOutput {
  readonly columns: { readonly name: string; readonly type: string }[];
  readonly rows: unknown[][];
  readonly next?: string;
}

/** The schema of columns. */
export const columns = s.array(s.object({ name: s.string(), type: s.string() }));
/** The schema of rows. */
export const rows = s.array(s.array(s.unknown()));

/** The structured output of tools that answer with rows. */
export const rowsOutput: Schema<RowsOutput> = s.object({
  columns,
  rows,
  next: s.optional(s.string({ description: "Pass as cursor to get the rest" })),
});

/** A statement with its values, as a caller gave them. */
export interface Asked {
  readonly sql: string;
  readonly params?: readonly unknown[] | undefined;
}

/** Starts reading what a statement gives, no more at once than an answer takes. */
export function portionsOf(session: Session, { sql, params }: Asked, rows: number): Portions {
  // One more than is wanted tells whether there are more.
  return new Portions(session.stream(sql, parametersOf(params), Math.min(rows + 1, PORTION)));
}

/** The first rows a statement gives. */
export async function firstPage(session: Session, asked: Asked, limits: PageLimits): Promise<Page> {
  const portions = portionsOf(session, asked, limits.rows);
  try {
    return await takePage(portions, limits);
  } finally {
    await portions.end();
  }
}

/**
 * Answers with a page of rows.
 * @param next the cursor for the rest
 */
export function pageReply(page: Page, next?: string): Reply<RowsOutput> {
  const more = page.stopped === "rows" ? "raise limit, " : "";
  const how =
    next === undefined
      ? `narrow the statement, ${more}or set paged to read all of them page by page.`
      : `pass cursor ${JSON.stringify(next)} to go on.`;
  const structured = { ...dataOf(page), ...(next !== undefined && { next }) };
  return data(page.text, structured, noteOn(page, how));
}

/** A page as structured content. */
export function dataOf({ columns, rows }: Page): Pick<RowsOutput, "columns" | "rows"> {
  return {
    columns: columns.map(({ name, type }) => ({ name, type: typeOf(type).name })),
    rows: rows as unknown[][],
  };
}

/**
 * What of the rows is missing on a page; nothing when it has all.
 * @param how the end of a sentence: how to get the others
 */
export function noteOn({ rows, stopped, shortened }: Page, how: string): string | undefined {
  const cut = shortened === 0 ? [] : [`Values too long to show whole: ${shortened}.`];
  if (stopped === undefined) return cut[0];
  const why = stopped === "rows" ? `${rows.length} rows` : `${rows.length} rows, at the size limit`;
  return [...cut, `Stopped after ${why}; there are more: ${how}`].join(" ");
}
