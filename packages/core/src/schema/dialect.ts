import { isPlainObject, SchemaError, shown } from "./error.ts";

/** The groups of keywords a dialect can switch on one by one (2020-12 core, section 8.1.2). */
export type Vocabulary = "core" | "applicator" | "unevaluated" | "validation" | "format";

/** The rules a schema document is read by. */
export interface Dialect {
  readonly draft: "2020-12" | "draft-07";
  readonly vocabularies: ReadonlySet<Vocabulary>;
  /** Whether the dialect itself asks for `format` to be checked. */
  readonly assertsFormat: boolean;
}

const everything = new Set<Vocabulary>([
  "core",
  "applicator",
  "unevaluated",
  "validation",
  "format",
]);

/** JSON Schema 2020-12: what a schema without `$schema` is read as. */
export const draft2020: Dialect = {
  draft: "2020-12",
  vocabularies: everything,
  assertsFormat: false,
};

/** JSON Schema draft-07, which many generators still write. */
export const draft07: Dialect = {
  draft: "draft-07",
  vocabularies: everything,
  assertsFormat: false,
};

const prefix = "https://json-schema.org/draft/2020-12/vocab/";
const vocabularyNames: Record<string, Vocabulary | undefined> = {
  core: "core",
  applicator: "applicator",
  unevaluated: "unevaluated",
  validation: "validation",
  "format-annotation": "format",
  "format-assertion": "format",
};

/**
 * Finds the dialect `$schema` names. `metaSchema` is that document where the caller supplied it; its
 * `$vocabulary` then decides. Throws for any other dialect (2026-07-28 basic, JSON Schema usage:
 * unsupported dialects MUST be reported).
 */
export function findDialect(name: unknown, metaSchema: unknown): Dialect {
  if (name === undefined) return draft2020;
  if (typeof name === "string") {
    const plain = name.replace(/#$/, "").replace(/^http:/, "https:");
    if (plain === "https://json-schema.org/draft/2020-12/schema") return draft2020;
    if (plain === "https://json-schema.org/draft-07/schema") return draft07;
  }
  if (isPlainObject(metaSchema)) return readVocabularies(metaSchema);
  throw new SchemaError(
    `$schema names the dialect ${shown(name)}, which is not supported; use JSON Schema 2020-12 or draft-07.`,
  );
}

function readVocabularies(metaSchema: Record<string, unknown>): Dialect {
  const declared = metaSchema.$vocabulary;
  if (!isPlainObject(declared)) return findDialect(metaSchema.$schema, undefined);
  const vocabularies = new Set<Vocabulary>(["core"]);
  for (const [uri, required] of Object.entries(declared)) {
    const known = uri.startsWith(prefix) ? vocabularyNames[uri.slice(prefix.length)] : undefined;
    if (known) vocabularies.add(known);
    else if (required === true && !isAnnotation(uri)) {
      throw new SchemaError(`The schema's dialect requires the unknown vocabulary ${shown(uri)}.`);
    }
  }
  return {
    draft: "2020-12",
    vocabularies,
    assertsFormat: declared[`${prefix}format-assertion`] === true,
  };
}

function isAnnotation(uri: string): boolean {
  return uri === `${prefix}meta-data` || uri === `${prefix}content`;
}
