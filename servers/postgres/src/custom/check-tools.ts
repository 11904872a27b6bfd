import type { AccessMode } from "../guard/access-mode.ts";
import { judge, Refused } from "../guard/judge.ts";
import { parse } from "../guard/parser.ts";
import { nodesIn } from "../syntax/tree.ts";
import type { WrittenTool } from "./parse-tools.ts";
import type { CustomTool } from "./types.ts";

/** What tools may do and where. */
export interface ToolsPolicy {
  readonly accessMode: AccessMode;
  readonly databases: readonly string[];
  /** Names that the server's own tools have. */
  readonly taken: ReadonlySet<string>;
}

/**
 * Checks that every tool may run: its statement by the same rules as a caller's, its database, its parameters.
 * @throws {ToolsFileError} at the first mistake
 */
export async function checkTools(
  written: readonly WrittenTool[],
  policy: ToolsPolicy,
): Promise<CustomTool[]> {
  for (const one of written) await checkTool(one, policy);
  return written.map(({ tool }) => tool);
}

async function checkTool(
  { tool, sql, database, write }: WrittenTool,
  { accessMode, databases, taken }: ToolsPolicy,
): Promise<void> {
  if (taken.has(tool.name)) {
    throw sql.error(`the server has a tool "${tool.name}" of its own; give this one another name.`);
  }
  if (tool.database !== undefined && !databases.includes(tool.database)) {
    throw database.error(`there is no database "${tool.database}"; use ${databases.join(" or ")}.`);
  }
  if (tool.write && accessMode === "read-only") {
    throw write.error(
      "this server only reads; start it with --access-mode read-write, or leave write out.",
    );
  }
  try {
    const { readOnly, needsNoTransaction } = await judge(
      tool.sql,
      tool.write ? accessMode : "read-only",
    );
    if (tool.write && readOnly) throw write.error("this statement only reads; leave write out.");
    if (needsNoTransaction)
      throw sql.error("PostgreSQL runs this statement only by itself; it cannot be a tool.");
  } catch (error) {
    throw error instanceof Refused ? sql.error(error.message) : error;
  }
  const used = await parametersIn(tool.sql);
  const count = tool.parameters.length;
  const missing = [...used].find((number) => number > count);
  if (missing !== undefined) {
    throw sql.error(`$${missing} has no parameter; the tool has ${count}.`);
  }
  const unused = tool.parameters.findIndex((_, at) => !used.has(at + 1));
  if (unused >= 0) {
    throw sql.error(
      `nothing uses the parameter "${tool.parameters[unused]?.name}"; write $${unused + 1} where its value belongs.`,
    );
  }
}

async function parametersIn(sql: string): Promise<Set<number>> {
  const nodes = (await parse(sql)).flatMap(({ type, fields }) => [...nodesIn({ [type]: fields })]);
  return new Set(
    nodes.flatMap(({ type, fields }) => (type === "ParamRef" ? [Number(fields.number)] : [])),
  );
}
