import { isPlain } from "./build.ts";
import { type Check, compile } from "./compile.ts";
import { isPlainObject, SchemaError } from "./error.ts";
import { describeIssues } from "./issue.ts";
import type { JsonSchemaObject } from "./json-schema.ts";
import type { Schema, StandardIssue, StandardResult, StandardSchema } from "./standard.ts";

/** Which side of a schema is meant: the values it takes, or the values it gives. */
export type Side = "input" | "output";

/** What a check says: the value to go on with, or what is wrong, also as one line. */
export type Checked =
  | { readonly value: unknown; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[]; readonly message: string };

/** A schema of any library, reduced to what the protocol needs of it. */
export interface Bridged {
  /** The JSON Schema to publish. */
  readonly json: JsonSchemaObject;
  /** Checks a value; the answer carries it with the library's defaults and conversions applied. */
  check(value: unknown): Checked | Promise<Checked>;
}

// ArkType leaves out what JSON Schema cannot say unless each such case is given a handler.
const inexpressible = ["date", "domain", "proto", "symbolKey", "unit"];
const libraryOptions: Record<string, Record<string, unknown> | undefined> = {
  arktype: { fallback: Object.fromEntries(inexpressible.map((code) => [code, refuse])) },
};

/**
 * Gives `schema` a JSON Schema for the libraries that do not bring their own:
 * `withJsonSchema(schema, (it, io) => z.toJSONSchema(it, { io }))` for `zod/mini`. Types and checks stay
 * the library's.
 */
export function withJsonSchema<S extends StandardSchema>(
  schema: S,
  toJson: (schema: S, side: Side) => Record<string, unknown>,
): S {
  const jsonSchema = {
    input: () => toJson(schema, "input"),
    output: () => toJson(schema, "output"),
  };
  return { "~standard": { ...schema["~standard"], jsonSchema } } as unknown as S;
}

/**
 * Reduces an author's schema to its JSON Schema and a check.
 * `subject` names it in errors: "the input of tool add".
 * @throws {TypeError} when the schema has no JSON Schema form, or a plain one cannot be checked by, saying what to
 *   do about it
 */
export function bridge(schema: StandardSchema, subject: string, side: Side): Bridged {
  const standard = schema?.["~standard"];
  if (standard?.version !== 1 || typeof standard.validate !== "function") {
    throw new TypeError(
      `${capital(subject)} is no schema: use s, jsonSchema(), or a Standard Schema library such as Zod 4.`,
    );
  }
  if (isOwn(schema)) {
    // What `s` builds is compiled when a value first needs it: a server's start would pay for every tool.
    if (isPlain(schema)) requireUsable(schema.json, subject);
    return ownBridge(schema);
  }
  const json = convert(schema, subject, side);
  const parse = standard.validate;
  if (side === "input") return { json, check: (value) => settle(parse(value), told) };
  const inputJson = attempt(() => convert(schema, subject, "input"));
  return { json, check: outputCheck(json, inputJson, parse) };
}

function isOwn(schema: object): schema is Schema {
  return "json" in schema && (schema as Schema)["~standard"].vendor === "portico";
}

function requireUsable(json: JsonSchemaObject, subject: string): void {
  const complaint = complaintOf(json);
  if (complaint) throw new TypeError(`${capital(subject)} cannot be used: ${complaint}`);
}

function complaintOf(json: JsonSchemaObject): string | undefined {
  try {
    compile(json);
  } catch (error) {
    if (error instanceof SchemaError) return error.message;
    throw error;
  }
  return attempt(() => JSON.stringify(json)) === undefined
    ? "The schema cannot be written as JSON."
    : undefined;
}

function ownBridge(schema: Schema): Bridged {
  return {
    json: withRootType(schema.json),
    check: (value) => settle(schema["~standard"].validate(value), told),
  };
}

function convert(schema: StandardSchema, subject: string, side: Side): JsonSchemaObject {
  const { vendor, jsonSchema } = schema["~standard"];
  if (typeof jsonSchema?.[side] !== "function") {
    throw new TypeError(
      `${capital(subject)} cannot be published: this ${vendor} schema does not give JSON Schema; ` +
        `${remedy(vendor)}.`,
    );
  }
  let json: Record<string, unknown>;
  try {
    json = jsonSchema[side]({ target: "draft-2020-12", libraryOptions: libraryOptions[vendor] });
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/[.\s]*$/, "") : "it failed";
    throw new TypeError(
      `${capital(subject)} cannot be published as JSON Schema (${reason}); ` +
        "use types that JSON has, and convert inside the handler.",
    );
  }
  const { $schema: _dialect, ...rest } = json;
  if (Object.keys(rest).length === 0) {
    throw new TypeError(
      `${capital(subject)} says nothing in JSON Schema, so anything would be allowed; ` +
        "describe the value, or use jsonSchema({}) if anything is meant.",
    );
  }
  return withRootType(rest);
}

function remedy(vendor: string): string {
  if (vendor === "valibot") {
    return "wrap it in toStandardJsonSchema() of @valibot/to-json-schema";
  }
  if (vendor === "zod") {
    return "use Zod 4.2 or newer, or for zod/mini withJsonSchema(schema, (it, io) => z.toJSONSchema(it, { io }))";
  }
  return "update the library, or add one with withJsonSchema()";
}

/**
 * A union of objects is an object: the protocol wants that said at the root (server/tools: inputSchema
 * MUST have `type: "object"` there), and the union survives whole beside it.
 */
function withRootType(json: JsonSchemaObject): JsonSchemaObject {
  const definitions = json.$defs ?? {};
  const isObject = json.type === undefined && onlyObjects(json, definitions);
  return isObject ? { type: "object", ...json } : json;
}

function onlyObjects(schema: unknown, definitions: Record<string, unknown>): boolean {
  if (!isPlainObject(schema)) return false;
  const { type, anyOf, oneOf, allOf, $ref } = schema;
  if (type !== undefined) return type === "object";
  const all = (part: unknown) => onlyObjects(part, definitions);
  for (const union of [anyOf, oneOf]) {
    if (Array.isArray(union)) return union.length > 0 && union.every(all);
  }
  if (typeof $ref === "string" && $ref.startsWith("#/$defs/")) {
    const target = definitions[$ref.slice("#/$defs/".length)];
    return isPlainObject(target) && target.type === "object";
  }
  return Array.isArray(allOf) && allOf.some(all);
}

/**
 * Checks what a handler returned against the published schema, which is what the other side sees
 * (server/tools: structured results MUST conform to the output schema). The library goes first, since
 * it drops unknown keys and knows refinements; a value only its output side accepts, such as the result
 * of a conversion, counts as it is.
 */
function outputCheck(
  json: JsonSchemaObject,
  inputJson: JsonSchemaObject | undefined,
  parse: StandardSchema["~standard"]["validate"],
): (value: unknown) => Checked | Promise<Checked> {
  const conforms: Check = (value) => compile(json)(value);
  const isInput = (value: unknown) => inputJson !== undefined && !compile(inputJson)(value);
  return (value) =>
    settle(parse(value), (result) => {
      if (!result.issues && !conforms(result.value)) return { value: result.value };
      const issues = conforms(value);
      if (issues) return told({ issues: result.issues ?? issues });
      return result.issues && isInput(value) ? told(result) : { value };
    });
}

function told(result: StandardResult<unknown>): Checked {
  if (!result.issues) return { value: result.value };
  // Libraries add more to their issues, such as the faulty input, which is nobody else's business.
  const issues = Array.from(result.issues, ({ message, path = [] }) => ({
    message,
    path: Array.from(path, (segment) => (typeof segment === "object" ? segment.key : segment)),
  }));
  return { issues, message: describeIssues(issues) };
}

function settle(
  result: StandardResult<unknown> | Promise<StandardResult<unknown>>,
  then: (result: StandardResult<unknown>) => Checked,
): Checked | Promise<Checked> {
  return result instanceof Promise ? result.then(then) : then(result);
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

function refuse(context: { code?: string }): never {
  throw new Error(`JSON Schema has no ${context.code ?? "form"} like this`);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
