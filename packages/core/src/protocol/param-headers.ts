import { isObject } from "../jsonrpc/message.ts";
import type { JsonObject, JsonSchema, JsonSchemaObject, JsonValue } from "../schema/json-schema.ts";
import { decodeHeaderValue, encodeHeaderValue } from "./header-values.ts";
import { PARAM_HEADER_KEYWORD, PARAM_HEADER_PREFIX } from "./headers.ts";

/** One argument of a tool that a header repeats. */
export interface ParamHeader {
  /** The header's whole name, as the schema spells it; compare it without regard to case. */
  readonly header: string;
  /** The property names that lead from the arguments to the value. */
  readonly path: readonly string[];
}

/** A tool's input schema asks for headers in a way the protocol does not allow. */
export class ParamHeaderError extends Error {
  override readonly name = "ParamHeaderError";
}

/** RFC 9110 section 5.6.2: what a header's name may consist of. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const NONE: readonly ParamHeader[] = [];
const MIRRORED_TYPES: readonly unknown[] = ["string", "integer", "boolean"];
/** Keywords whose value is no schema: what looks like an annotation in there is data. */
const DATA: ReadonlySet<string> = new Set(["const", "enum", "default", "examples", "required"]);
/** Keywords whose value holds schemas by names that are not keywords. */
const BY_NAME: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "dependentSchemas",
  "$defs",
  "definitions",
]);

/**
 * The headers that calls of a tool have, from its input schema.
 * @throws {ParamHeaderError} when the schema breaks a rule of 2026-07-28 basic/transports/streamable-http (schema
 *   extension): a server must not offer such a tool, and an HTTP client MUST NOT list it
 */
export function paramHeadersOf(inputSchema: JsonSchemaObject): readonly ParamHeader[] {
  // Hardly any tool has one, and every tool is looked at when a server starts.
  if (!JSON.stringify(inputSchema).includes(PARAM_HEADER_KEYWORD)) return NONE;
  const found: ParamHeader[] = [];
  collect(inputSchema, [], found);
  const names = new Set<string>();
  for (const { header } of found) {
    const name = header.toLowerCase();
    if (names.has(name)) fail(`two parameters ask for the header ${header}`);
    names.add(name);
  }
  return found;
}

/**
 * The headers to send with `args`, encoded. What is absent or null has none (MUST).
 * @throws {RangeError} for an integer that JavaScript cannot hold exactly
 */
export function paramHeaderFields(
  headers: readonly ParamHeader[],
  args: JsonObject,
): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { header, path } of headers) {
    const value = mirrored(valueAt(args, path));
    if (value === undefined) continue;
    if (isUnsafe(value)) {
      throw new RangeError(
        `The argument "${path.join(".")}" goes into a header, which takes integers between ±(2^53 - 1) only.`,
      );
    }
    fields[header] = encodeHeaderValue(String(value));
  }
  return fields;
}

/**
 * How the headers of a call and its arguments disagree, as a sentence for the error -32020; undefined when
 * they agree.
 * @param read the value of a header, whatever the case of its name
 */
export function paramHeaderMismatch(
  headers: readonly ParamHeader[],
  args: JsonObject,
  read: (name: string) => string | undefined,
): string | undefined {
  for (const { header, path } of headers) {
    const sent = read(header);
    const value = mirrored(valueAt(args, path));
    if (sent === undefined && value === undefined) continue;
    if (sent === undefined) {
      return `The header ${header} is missing; it must repeat the argument "${path.join(".")}".`;
    }
    if (value === undefined || !agrees(decodeHeaderValue(sent), value)) {
      return `The header ${header} does not say what the argument "${path.join(".")}" says.`;
    }
  }
  return;
}

type Mirrored = string | number | boolean;

/** What a header can repeat. An object where a primitive belongs is left to the check of the arguments. */
function mirrored(value: JsonValue | undefined): Mirrored | undefined {
  return value === null || typeof value === "object" ? undefined : value;
}

function agrees(sent: string | undefined, value: Mirrored): boolean {
  if (sent === undefined || isUnsafe(value)) return false;
  if (sent === String(value)) return true;
  // Server validation: integers SHOULD be compared as numbers, so that 42.0 is 42.
  return typeof value === "number" && /^-?\d+(?:\.\d+)?$/.test(sent) && Number(sent) === value;
}

function isUnsafe(value: Mirrored): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value);
}

function valueAt(args: JsonObject, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = args;
  for (const name of path) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return;
    value = value[name];
  }
  return value;
}

/** Gathers the annotations of what `properties` alone lead to, and refuses those anywhere else. */
function collect(schema: JsonSchemaObject, path: readonly string[], found: ParamHeader[]): void {
  if (Object.hasOwn(schema, PARAM_HEADER_KEYWORD)) {
    found.push({ header: headerOf(schema, path), path });
  }
  const { properties, ...others } = schema;
  for (const [name, property] of Object.entries(properties ?? {})) {
    if (isObject(property)) collect(property as JsonSchemaObject, [...path, name], found);
  }
  refuseAnnotations(others, path);
}

function headerOf(schema: JsonSchemaObject, path: readonly string[]): string {
  const name = schema[PARAM_HEADER_KEYWORD];
  const where = path.length === 0 ? "the arguments as a whole" : `"${path.join(".")}"`;
  if (typeof name !== "string" || !TOKEN.test(name)) {
    fail(`${where} asks for a header by ${JSON.stringify(name)}, which cannot be part of its name`);
  }
  if (!isMirrored(schema.type)) {
    fail(
      `${where} asks for a header, which only a string, an integer or a boolean can have, not ${JSON.stringify(schema.type ?? "anything")}`,
    );
  }
  return PARAM_HEADER_PREFIX + name;
}

/** One of the three types; it may be nullable, as a null is told by leaving the header out. */
function isMirrored(type: JsonSchemaObject["type"]): boolean {
  if (!Array.isArray(type)) return MIRRORED_TYPES.includes(type);
  const [only, ...more] = type.filter((each) => each !== "null");
  return more.length === 0 && MIRRORED_TYPES.includes(only);
}

function refuseAnnotations(schema: object, path: readonly string[]): void {
  for (const [keyword, value] of Object.entries(schema)) {
    if (DATA.has(keyword)) continue;
    const inner = BY_NAME.has(keyword) && isObject(value) ? Object.values(value) : [value].flat();
    for (const each of inner) if (isObject(each)) refuseAnnotated(each, keyword, path);
  }
}

function refuseAnnotated(schema: JsonSchema, keyword: string, path: readonly string[]): void {
  if (typeof schema === "boolean") return;
  if (Object.hasOwn(schema, PARAM_HEADER_KEYWORD)) {
    const where = path.length === 0 ? "the input schema" : `"${path.join(".")}"`;
    fail(`${where} asks for a header inside "${keyword}", where only "properties" may lead to one`);
  }
  refuseAnnotations(schema, path);
}

function fail(reason: string): never {
  throw new ParamHeaderError(`${PARAM_HEADER_KEYWORD}: ${reason}.`);
}
