import { parseExactly } from "../graph/exact-json.ts";
import { isFields } from "./record.ts";

/** The data of a node or an edge, by the names of the attributes. */
type Data = ReadonlyMap<string, string>;

type Fields = Record<string, unknown>;

// What programs call the same thing, ours first; case, blanks and hyphens do not count.
const NAME = ["label", "name", "title"];
const ENTITY_TYPE = ["entitytype", "type", "kind", "class"];
const OBSERVATIONS = ["observations", "description"];
const RELATION_TYPE = ["label", "relationtype", "edgelabel", "type", "relationship", "kind"];

/** What a node is called that says nothing of its kind. */
const USUAL_ENTITY_TYPE = "node";

/** What an edge is called that says nothing of its kind. */
const USUAL_RELATION_TYPE = "is related to";

/** The fields of the entity that a node is. */
export function nodeFields(data: Data, id: string): Fields {
  const left = new Map(data);
  const exact = objectIn(take(left, ["exact"]));
  const [label, type] = [take(left, NAME), take(left, ENTITY_TYPE)];
  const observations = take(left, OBSERVATIONS);
  const [tags, importance] = [take(left, ["tags"]), take(left, ["importance"])];
  return {
    ...objectIn(take(left, ["fields"])),
    ...restOf(left),
    name: exact.name ?? (label?.trim() ? label : id),
    entityType: exact.type ?? type ?? USUAL_ENTITY_TYPE,
    observations: observationsIn(observations),
    ...tagsIn(tags),
    ...importanceIn(importance),
  };
}

/** The fields of the relation that an edge is, without its ends. */
export function edgeFields(data: Data): Fields {
  const left = new Map(data);
  const exact = objectIn(take(left, ["exact"]));
  const shown = take(left, RELATION_TYPE);
  const relationType = exact.relation ?? shown ?? USUAL_RELATION_TYPE;
  return { ...objectIn(take(left, ["fields"])), ...restOf(left), relationType };
}

/** Whether a node only stands for the end of a relation. */
export function isMissing(data: Data): boolean {
  return data.get("missing") === "true";
}

/** Takes out the first attribute with one of the names. */
function take(data: Map<string, string>, names: readonly string[]): string | undefined {
  for (const wanted of names) {
    for (const [name, text] of data) {
      if (name.toLowerCase().replaceAll(/[\s_-]/g, "") !== wanted) continue;
      data.delete(name);
      return text;
    }
  }
  return undefined;
}

/** Attributes that mean nothing to a graph, under names that mean nothing to it either. */
function restOf(left: Data): Fields {
  const said = [...left].filter(([, text]) => text.trim() !== "");
  return Object.fromEntries(
    said.map(([name, text]) => [OWN.has(name) ? `graphml ${name}` : name, text]),
  );
}

const OWN = new Set([
  "type",
  "name",
  "entityType",
  "observations",
  "tags",
  "importance",
  "from",
  "to",
  "relationType",
]);

/** A list in JSON, or a text that is one observation. */
function observationsIn(text = ""): string[] {
  const list = parsed(text);
  if (areTexts(list)) return list;
  return text.trim() === "" ? [] : [text];
}

function tagsIn(text: string | undefined): Fields {
  if (text === undefined) return {};
  const list = parsed(text);
  return { tags: areTexts(list) ? list : text };
}

function importanceIn(text: string | undefined): Fields {
  if (text === undefined || text.trim() === "") return {};
  const importance = Number(text);
  return { importance: importance >= 0 && importance <= 1 ? importance : text };
}

function objectIn(json: string | undefined): Fields {
  const value = json === undefined ? undefined : parsed(json);
  return isFields(value) ? value : {};
}

function areTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

function parsed(json: string): unknown {
  try {
    return parseExactly(json);
  } catch {
    return undefined;
  }
}
