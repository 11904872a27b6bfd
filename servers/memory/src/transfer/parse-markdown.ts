import { parseExactly } from "../graph/exact-json.ts";
import type { GraphRecord } from "../graph/types.ts";
import { FIELDS, HEADINGS } from "./markdown.ts";
import { unescapeMarkdown } from "./markdown-text.ts";
import { foreign, isFields, recordOf } from "./record.ts";
import { linesIn } from "./text.ts";

const ENTITY = /^##(?: (.*))?$/;
const ITEM = /^[-*](?: (.*))?$/;
const FIELD = new RegExp(`^(${Object.values(FIELDS).join("|")}):(?: (.*))?$`);
const LINK = String.raw`\[((?:[^\\\]]|\\.)*)\]\([^)]*\)`;
const RELATION = new RegExp(String.raw`^[-*] ${LINK} ((?:[^\\[]|\\.)*) ${LINK}(?: (.*))?$`);

/** The type of an entity on a page that says none. */
const USUAL_TYPE = "thing";

/**
 * Reads a page in the form {@link formatMarkdown} gives it: also one that a person wrote or changed, where a heading of
 * the second level is an entity and what is listed under it are its observations. Lines that are neither become
 * foreign records.
 */
export async function* parseMarkdown(text: AsyncIterable<string>): AsyncIterable<GraphRecord> {
  const page = new Page();
  for await (const line of linesIn(text)) yield* page.read(line.trimEnd());
  yield* page.end();
}

/** An entity that is being read. */
interface Draft {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly observations: string[];
}

class Page {
  #part: string = HEADINGS.entities;
  #draft: Draft | undefined;

  *read(line: string): Iterable<GraphRecord> {
    if (line === "") return;
    if (Object.values(HEADINGS).some((heading) => heading === line)) {
      yield* this.end();
      this.#part = line;
    } else if (this.#part === HEADINGS.relations) yield relationIn(line);
    else if (this.#part === HEADINGS.foreign) yield foreign(itemIn(line) ?? line);
    else yield* this.#readEntity(line);
  }

  /** The entity that was being read. */
  *end(): Iterable<GraphRecord> {
    if (this.#draft === undefined) return;
    const { fields, observations } = this.#draft;
    this.#draft = undefined;
    const entity = { entityType: USUAL_TYPE, ...fields, observations };
    yield recordOf(entity, JSON.stringify({ type: "entity", ...entity }), "entity");
  }

  *#readEntity(line: string): Iterable<GraphRecord> {
    const heading = ENTITY.exec(line);
    if (heading) {
      yield* this.end();
      this.#draft = { fields: { name: unescapeMarkdown(heading[1] ?? "") }, observations: [] };
      return;
    }
    const text = itemIn(line);
    if (text !== undefined && this.#draft) this.#draft.observations.push(text);
    else if (!this.#takesField(line)) yield foreign(line);
  }

  /** Fields stand between the heading and the list. */
  #takesField(line: string): boolean {
    const [, name, text = ""] = FIELD.exec(line) ?? [];
    if (name === undefined || !this.#draft || this.#draft.observations.length > 0) return false;
    const fields = fieldsIn(name, text);
    if (fields) this.#draft = { ...this.#draft, fields: { ...this.#draft.fields, ...fields } };
    return fields !== undefined;
  }
}

function fieldsIn(name: string, text: string): object | undefined {
  if (name === FIELDS.type) return { entityType: unescapeMarkdown(text) };
  if (name === FIELDS.tags) return { tags: text.split(", ").map(unescapeMarkdown) };
  if (name === FIELDS.extra) return objectIn(text);
  const importance = Number(text);
  return text === "" || Number.isNaN(importance) ? undefined : { importance };
}

function relationIn(line: string): GraphRecord {
  const [, from, relationType, to, fields] = RELATION.exec(line) ?? [];
  const extra = fields === undefined ? {} : objectIn(fields);
  if (from === undefined || relationType === undefined || to === undefined || !extra) {
    return foreign(line);
  }
  const relation = {
    from: unescapeMarkdown(from),
    to: unescapeMarkdown(to),
    relationType: unescapeMarkdown(relationType),
    ...extra,
  };
  return recordOf(relation, JSON.stringify({ type: "relation", ...relation }), "relation");
}

function itemIn(line: string): string | undefined {
  const found = ITEM.exec(line);
  return found ? unescapeMarkdown(found[1] ?? "") : undefined;
}

function objectIn(escaped: string): object | undefined {
  try {
    const value: unknown = parseExactly(unescapeMarkdown(escaped));
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
