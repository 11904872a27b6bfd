import { type Context, confirm, ToolError } from "@portico/core";
import type { Session } from "../../database/database.ts";
import type { Deps } from "../../deps.ts";
import type { Judgement } from "../../guard/judge.ts";
import { affectedRows } from "../../impact/affected-rows.ts";
import { type Cascaded, cascadedBy } from "../../impact/cascaded.ts";
import { type Dropped, droppedBy } from "../../impact/dropped.ts";
import type { Asked } from "./rows.ts";
import { parametersOf } from "./statement.ts";

/** Most characters of a statement that the user is shown. */
const MOST_SHOWN = 4_000;

/** Most values, and most characters of each, that the user is shown. */
const MOST_VALUES = 20;
const MOST_OF_VALUE = 200;

/** Runs something that only reads, where the statement will run. */
type Read = <T>(work: (session: Session) => Promise<T>) => Promise<T>;

/**
 * Asks the user about a dangerous statement before it runs.
 * @throws {ToolError} when the user does not agree, or cannot be asked
 */
export async function askFirst(
  { danger, kind }: Judgement,
  asked: Asked,
  read: Read,
  ctx: Context<Deps>,
): Promise<void> {
  if (danger === undefined || ctx.deps.executeUnasked) return;
  if (!ctx.can(confirm(danger))) {
    throw new ToolError(
      `${danger} This needs the user's consent, and this client cannot ask for it: narrow the statement, or ask the user to run it, or to start the server with --yes.`,
    );
  }
  const impact = await ctx.once("impact", () => impactOf(kind, asked, read));
  const question = confirm(
    [danger, impact, "Run it?", cut(asked.sql, MOST_SHOWN), ...valuesOf(asked)]
      .filter((line) => line !== "")
      .join("\n"),
  );
  const { action } = await ctx.ask("execute", question);
  if (action !== "accept") throw new ToolError("The user did not agree; nothing was changed.");
}

/** What the statement would touch, in one sentence; nothing where that cannot be told. */
async function impactOf(kind: string, { sql, params }: Asked, read: Read): Promise<string> {
  if (["update", "delete", "merge"].includes(kind)) {
    const rows = await read((session) => affectedRows(session, sql, parametersOf(params)));
    const cascaded = await read((session) => cascadedBy(session, sql));
    const expected =
      rows === undefined ? [] : [`PostgreSQL expects it to change about ${rows} rows.`];
    return [...expected, ...describeCascaded(cascaded)].join(" ");
  }
  const dropped = await read((session) => droppedBy(session, sql));
  return dropped === undefined ? "" : describeDropped(dropped);
}

function describeCascaded(cascaded: readonly Cascaded[]): string[] {
  const named = (isDeleted: boolean) =>
    cascaded
      .filter((one) => one.isDeleted === isDeleted)
      .map(({ table, rows }) => `${table} (about ${rows} in all)`)
      .join(", ");
  const [deleted, changed] = [named(true), named(false)];
  return [
    ...(deleted === "" ? [] : [`Rows that refer to them are deleted as well, in ${deleted}.`]),
    ...(changed === "" ? [] : [`Rows that refer to them lose the reference, in ${changed}.`]),
  ];
}

function describeDropped({ rows, dependents, count }: Dropped): string {
  const held = rows > 0 ? [`It holds about ${rows} rows.`] : [];
  if (count === 0) return [...held, "Nothing else depends on it."].join(" ");
  const others = count > dependents.length ? `, and ${count - dependents.length} more` : "";
  return [...held, `What depends on it: ${dependents.join(", ")}${others}.`].join(" ");
}

function valuesOf({ params = [] }: Asked): string[] {
  const lines = params
    .slice(0, MOST_VALUES)
    .map((value, at) => `with $${at + 1} = ${cut(JSON.stringify(value), MOST_OF_VALUE)}`);
  const more = params.length - lines.length;
  return more > 0 ? [...lines, `and ${more} more values`] : lines;
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most).toWellFormed()}… (${text.length - most} more characters)`;
}
