import type { ParserModule } from "libpg-query/wasm/libpg-query.js";
import { Refused } from "./refused.ts";

/** A node of the parse tree: its fields by name. */
export type Fields = Readonly<Record<string, unknown>>;

/** A node, with its type: `SelectStmt`, `FuncCall`, … */
export interface Node {
  readonly type: string;
  readonly fields: Fields;
}

/** One statement of a text. */
export interface Statement extends Node {
  /** Where its text begins and ends, in bytes of UTF-8. */
  readonly start: number;
  readonly end: number | undefined;
}

/** A token of a text. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly tokenName: string;
}

/** WebAssembly memory never shrinks, so an instance that met a large statement is not kept. */
const KEPT_BYTES = 64 * 1024;

let instance: Promise<ParserModule> | undefined;

/**
 * Parses a text with the parser of PostgreSQL 18.
 * @throws {Refused} with the syntax error, or when the text is nested too deeply to be parsed
 */
export async function parse(sql: string): Promise<Statement[]> {
  const tree = await using(sql, (parser, text) => {
    const result = parser._wasm_parse_query_raw(text);
    try {
      return JSON.parse(readResult(parser, result)) as { stmts?: RawStatement[] };
    } finally {
      parser._wasm_free_parse_result(result);
    }
  });
  return (tree.stmts ?? []).map(statement);
}

/** The tokens of a text that parses, comments among them. */
export function scan(sql: string): Promise<Token[]> {
  return using(sql, (parser, text) => {
    const result = parser._wasm_scan(text);
    try {
      return (JSON.parse(parser.UTF8ToString(result)) as { tokens: Token[] }).tokens;
    } finally {
      parser._wasm_free_string(result);
    }
  });
}

interface RawStatement {
  readonly stmt: Readonly<Record<string, Fields>>;
  readonly stmt_location?: number;
  readonly stmt_len?: number;
}

function statement({ stmt, stmt_location: start = 0, stmt_len: length }: RawStatement): Statement {
  const [type = "", fields = {}] = Object.entries(stmt)[0] ?? [];
  return { type, fields, start, end: length === undefined ? undefined : start + length };
}

/**
 * The grammar is one huge function: to optimise it takes V8 half a gigabyte for a moment, and more time than it saves.
 */
async function instantiate(): Promise<ParserModule> {
  const [glue, { setFlagsFromString }] = await Promise.all([
    import("libpg-query/wasm/libpg-query.js"),
    import("node:v8"),
  ]);
  setFlagsFromString("--no-wasm-tier-up");
  setFlagsFromString("--no-wasm-dynamic-tiering");
  return glue.default();
}

/** Lends an instance and the text in its memory. One that broke is never used again. */
async function using<T>(sql: string, work: (parser: ParserModule, text: number) => T): Promise<T> {
  instance ??= instantiate();
  const parser = await instance;
  const bytes = parser.lengthBytesUTF8(sql) + 1;
  if (bytes > KEPT_BYTES) instance = undefined;
  const text = parser._malloc(bytes);
  let broken = false;
  try {
    parser.stringToUTF8(sql, text, bytes);
    return work(parser, text);
  } catch (error) {
    if (error instanceof Refused) throw error;
    // A stack overflow or an abort leaves the instance's own stack where it was.
    broken = true;
    instance = undefined;
    throw new Refused("The statement is nested too deeply to be checked; make it simpler.");
  } finally {
    if (!broken) parser._free(text);
  }
}

/** The tree as JSON: `{ char *tree; char *stderr; struct { char *message; … } *error }`. */
function readResult(parser: ParserModule, result: number): string {
  const error = parser.getValue(result + 8, "i32");
  if (error !== 0) throw new Refused(syntaxError(parser, error));
  return parser.UTF8ToString(parser.getValue(result, "i32"));
}

function syntaxError(parser: ParserModule, error: number): string {
  const message = parser.UTF8ToString(parser.getValue(error, "i32"));
  if (message.startsWith("memory exhausted")) {
    return "The statement is nested too deeply to be checked; make it simpler.";
  }
  return `PostgreSQL cannot parse this: ${message}, at character ${parser.getValue(error + 16, "i32")}.`;
}
