import {
  type JsonValue,
  type OptionalSchema,
  type Reply,
  type Schema,
  s,
  ToolError,
} from "@portico/core";
import { data } from "./answer.ts";

/** Most bytes of text in one list. */
const LISTING_BYTES = 60_000;

/** The argument by which a caller gets what did not fit before. */
export const cursor: OptionalSchema<string> = s.optional(
  s.string({ description: "next of the answer before" }),
);

/** How many entries a caller wants. */
export function limited(most: number, usual: number): OptionalSchema<number> {
  return s.optional(
    s.integer({ minimum: 1, maximum: most, default: usual, description: "Entries in one answer" }),
  );
}

/** One entry: what the model reads, what programs read, and where a list would go on after it. */
export interface Entry {
  readonly line: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly position: JsonValue;
}

type Listing<Name extends string> = { [N in Name]: Record<string, unknown>[] } & { next?: string };

/** The output of a tool that lists, its entries under `name`. */
export function listingOutput<const Name extends string>(name: Name): Schema<Listing<Name>> {
  return s.object({
    [name]: s.array(s.record(s.unknown())),
    next: s.optional(s.string({ description: "Pass as cursor for the rest" })),
  }) as unknown as Schema<Listing<Name>>;
}

/**
 * Answers with as many entries as an answer may have, and says how to get the rest.
 * @param name what the entries are called in the structured content
 * @param nothing what to say when there are none
 */
export function listing<const Name extends string>(
  name: Name,
  entries: readonly Entry[],
  more: boolean,
  nothing: string,
): Reply<Listing<Name>> {
  const shown = fitting(entries);
  const last = shown.at(-1);
  const isCut = more || shown.length < entries.length;
  const next = isCut && last ? sealPosition(last.position) : undefined;
  return data(
    shown.map(({ line }) => line).join("\n") || nothing,
    {
      [name]: shown.map(({ value }) => value),
      ...(next !== undefined && { next }),
    } as Listing<Name>,
    next && `There is more: go on with cursor "${next}".`,
  );
}

function fitting(entries: readonly Entry[]): readonly Entry[] {
  let bytes = 0;
  const end = entries.findIndex(({ line }, at) => {
    bytes += Buffer.byteLength(line) + 1;
    return at > 0 && bytes > LISTING_BYTES;
  });
  return end < 0 ? entries : entries.slice(0, end);
}

function sealPosition(position: JsonValue): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

/**
 * Where a list goes on: as many texts as its positions have.
 * @throws {ToolError} when it is none of ours
 */
export function openPosition(given: string | undefined, length: number): string[] | undefined {
  if (given === undefined) return undefined;
  try {
    const position: unknown = JSON.parse(Buffer.from(given, "base64url").toString());
    const texts = Array.isArray(position) ? position : [];
    if (texts.length === length && texts.every((one) => typeof one === "string")) return texts;
  } catch {
    // Said below.
  }
  throw new ToolError("This cursor is none of this tool's; start again without one.");
}
