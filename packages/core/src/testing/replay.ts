import { type ServeOptions, serve } from "../entry/serve.ts";
import { isObject } from "../jsonrpc/message.ts";
import type { JsonObject, JsonValue } from "../schema/json-schema.ts";
import type { ServerDefinition } from "../server/definition.ts";
import { memoryPair } from "../transport/memory.ts";
import { type Line, readTranscript } from "./transcript.ts";

/** How long, in milliseconds, the server may take for its next message. */
const PATIENCE_MS = 5_000;
/** Stands for a value that is different each time; what it stood for is put where the client says it again. */
const PLACEHOLDER = /^<([a-z][\w-]*)>$/i;

/**
 * Plays the client's part of a transcript and compares what the server says, message by message, in order. A
 * string such as `"<state>"` in a server's message stands for any value, and for that same value where it
 * comes again.
 *
 * @param transcript prose with messages: `-> {…}` from the client, `<- {…}` from the server
 * @throws {Error} naming the line, when the server says something else, nothing, or more
 */
export async function replay(
  transcript: string,
  server: ServerDefinition,
  options: ServeOptions = {},
): Promise<void> {
  const [ours, theirs] = memoryPair();
  const inbox = new Inbox();
  ours.start({
    message: (value) => inbox.put(value as JsonValue),
    damaged: (error) => inbox.put(error.message),
    closed: () => {},
  });
  const serving = serve(server, theirs, options);
  const known = new Map<string, JsonValue>();
  try {
    for (const line of readTranscript(transcript)) {
      if (line.from === "client") ours.send(filled(line.message as JsonValue, known) as never);
      else compare(await inbox.take(line), line, known);
    }
  } finally {
    await serving.close();
  }
  const more = inbox.rest[0];
  if (more !== undefined) {
    throw new Error(`After the transcript the server said ${JSON.stringify(more)}.`);
  }
}

class Inbox {
  readonly rest: JsonValue[] = [];
  #wake: () => void = () => {};

  put(value: JsonValue): void {
    this.rest.push(value);
    this.#wake();
  }

  async take({ number, message }: Line): Promise<JsonValue> {
    if (this.rest.length === 0) {
      await new Promise<void>((resolve, reject) => {
        const silent = `Line ${number}: the server said nothing in place of ${JSON.stringify(message)}.`;
        const timer = setTimeout(() => reject(new Error(silent)), PATIENCE_MS);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.rest.shift() as JsonValue;
  }
}

function compare(
  actual: JsonValue,
  { number, message }: Line,
  known: Map<string, JsonValue>,
): void {
  if (matches(actual, message as JsonValue, known)) return;
  throw new Error(
    `Line ${number}: the server said ${JSON.stringify(actual)} in place of ${JSON.stringify(message)}.`,
  );
}

function matches(actual: JsonValue, expected: JsonValue, known: Map<string, JsonValue>): boolean {
  const name = typeof expected === "string" ? PLACEHOLDER.exec(expected)?.[1] : undefined;
  if (name !== undefined) {
    if (!known.has(name)) known.set(name, actual);
    return JSON.stringify(known.get(name)) === JSON.stringify(actual);
  }
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((inner, index) => matches(actual[index] as JsonValue, inner, known))
    );
  }
  if (!isObject(expected)) return actual === expected;
  if (!isObject(actual) || Object.keys(actual).length !== Object.keys(expected).length) {
    return false;
  }
  return Object.entries(expected).every(
    ([key, inner]) =>
      Object.hasOwn(actual, key) && matches(actual[key] as JsonValue, inner as JsonValue, known),
  );
}

function filled(value: JsonValue, known: ReadonlyMap<string, JsonValue>): JsonValue {
  if (Array.isArray(value)) return value.map((inner) => filled(inner, known));
  if (typeof value === "string") {
    const name = PLACEHOLDER.exec(value)?.[1];
    return (name !== undefined ? known.get(name) : undefined) ?? value;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    filled(inner as JsonValue, known),
  ]);
  return Object.fromEntries(entries) as JsonObject;
}
