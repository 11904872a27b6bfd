import { type Context, ToolError } from "@portico/core";
import { catalogueOf } from "../../catalogue/catalogue.ts";
import type { ObjectName } from "../../catalogue/details.ts";
import { CatalogueError } from "../../catalogue/error.ts";
import { findReadable, selectFrom } from "../../catalogue/readable.ts";
import type { Deps } from "../../deps.ts";
import { judge } from "../../guard/judge.ts";
import type { Reach } from "../../reach.ts";
import type { Page, PageLimits } from "../../rows/page.ts";
import { readAdmitted } from "./admit.ts";
import { firstPage } from "./rows.ts";

/**
 * The first rows of a table or view, as far as the caller may read it and as `query` would show them: a view may call
 * anything, and some tables of the catalogue hold secrets.
 * @throws {ToolError} when there is nothing to read
 * @throws {Refused} when `query` would refuse to
 */
export async function samplePage(
  on: Reach,
  ctx: Context<Deps>,
  wanted: Omit<ObjectName, "kind">,
  { columns, ...limits }: PageLimits & { readonly columns?: readonly string[] | undefined },
): Promise<Page> {
  const sql = await statementFor(on, wanted, columns);
  // Not in the transaction above: what a view or policy calls is found by the caller's own search path.
  const judgement = await judge(`${sql} LIMIT ${limits.rows}`, "read-only");
  return readAdmitted(judgement, on, ctx, (session) =>
    firstPage(session, { sql: judgement.sql }, limits),
  );
}

async function statementFor(
  on: Reach,
  wanted: Omit<ObjectName, "kind">,
  columns: readonly string[] | undefined,
): Promise<string> {
  try {
    return await on.read(async (session) =>
      selectFrom(await findReadable(await catalogueOf(session), wanted), columns),
    );
  } catch (error) {
    throw error instanceof CatalogueError ? new ToolError(error.message) : error;
  }
}
