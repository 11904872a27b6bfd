import { ToolsFileError } from "./error.ts";
import { fits } from "./fits.ts";
import { lineAt, syntaxErrorIn } from "./lines.ts";
import { Reader } from "./reader.ts";
import { type CustomParameter, type CustomTool, PARAMETER_TYPES } from "./types.ts";

/** Most rows an answer of a tool may have. */
const MOST_ROWS = 10_000;
const USUAL_ROWS = 100;

/** A tool, and where in the file its statement stands. */
export interface WrittenTool {
  readonly tool: CustomTool;
  readonly sql: Reader;
  readonly database: Reader;
  readonly write: Reader;
}

/**
 * Reads a file of tools, all but what its statements mean.
 * @param name the file as an operator named it
 * @throws {ToolsFileError} at the first mistake
 */
export function parseTools(name: string, text: string): WrittenTool[] {
  const { tools } = new Reader({ name, text }, parseJson(name, text)).members(["tools"]);
  const written = tools.items().map(parseTool);
  const names = written.map(({ tool }) => tool.name);
  const twice = names.findIndex((one, at) => names.indexOf(one) < at);
  const second = tools.items()[twice];
  if (second)
    throw second.error(`there is a tool "${names[twice]}" above; give this one another name.`);
  return written;
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const line = lineAt(text, syntaxErrorIn(text));
    throw new ToolsFileError(
      `${name}, line ${line}: this is no JSON; look for a comma, quote or bracket too many or too few.`,
    );
  }
}

function parseTool(reader: Reader): WrittenTool {
  const { name, title, description, sql, parameters, write, database, limit } = reader.members([
    "name",
    "title",
    "description",
    "sql",
    "parameters",
    "write",
    "database",
    "limit",
  ]);
  const tool = {
    name: parseName(name),
    title: title.optionalText(),
    description: description.text(),
    sql: sql.text(),
    parameters: parseParameters(parameters),
    write: write.flag(false),
    database: database.optionalText(),
    limit: limit.integer(1, MOST_ROWS, USUAL_ROWS),
  };
  return { tool, sql, database, write };
}

function parseName(reader: Reader): string {
  const name = reader.text();
  if (/^[A-Za-z0-9_.-]{1,64}$/.test(name)) return name;
  throw reader.error(`"${name}" is no name for a tool; use 1 to 64 of A-Z a-z 0-9 _ . -`);
}

function parseParameters(reader: Reader): CustomParameter[] {
  const parameters = reader.items().map(parseParameter);
  const names = parameters.map(({ name }) => name);
  const twice = names.findIndex((one, at) => names.indexOf(one) < at);
  if (twice < 0) return parameters;
  throw (reader.items()[twice] ?? reader).error(
    `there is a parameter "${names[twice]}" above; give this one another name.`,
  );
}

function parseParameter(reader: Reader): CustomParameter {
  const parts = reader.members(["name", "type", "description", "enum", "default", "required"]);
  const name = parts.name.text();
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name) || name === "database") {
    throw parts.name.error(
      `"${name}" is no name for a parameter; use letters, digits and _, and not "database".`,
    );
  }
  const type = parts.type.oneOf(PARAMETER_TYPES);
  for (const value of [...parts.enum.items(), parts.default]) {
    if (value.value === undefined || fits(type, value.value)) continue;
    throw value.error(`${JSON.stringify(value.value)} is no ${type}.`);
  }
  if (
    parts.enum.value !== undefined &&
    (parts.enum.items().length === 0 || !/^(string|integer|number)$/.test(type))
  ) {
    throw parts.enum.error("an enum lists at least one value of a string, integer or number.");
  }
  const hasDefault = parts.default.value !== undefined;
  return {
    name,
    type,
    description: parts.description.optionalText(),
    enum: parts.enum.value as CustomParameter["enum"],
    default: parts.default.value,
    required: parts.required.flag(!hasDefault) && !hasDefault,
  };
}
