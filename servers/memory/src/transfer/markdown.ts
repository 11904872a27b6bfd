import type { GraphRecord, NewEntity, NewRelation } from "../graph/types.ts";
import { anchorOf, escapeMarkdown } from "./markdown-text.ts";

/** Headings of what is no entity. */
export const HEADINGS = {
  entities: "# Knowledge graph",
  relations: "# Relations",
  foreign: "# Other records",
} as const;

/** Names of what an entity has besides its observations. */
export const FIELDS = {
  type: "Type",
  tags: "Tags",
  importance: "Importance",
  extra: "Fields",
} as const;

/**
 * A graph as a page to read: a heading for each entity with its observations as a list, then relations as links to
 * these headings. What is stored shows as it is; nothing of it becomes markup, and every link stays on the page.
 * @param records entities, relations, foreign records: the order in which a store exports them
 */
export async function* formatMarkdown(records: AsyncIterable<GraphRecord>): AsyncIterable<string> {
  yield `${HEADINGS.entities}\n`;
  let kind: GraphRecord["kind"] = "entity";
  for await (const record of records) {
    if (record.kind !== kind) {
      kind = record.kind;
      yield `\n${kind === "relation" ? HEADINGS.relations : HEADINGS.foreign}\n\n`;
    }
    if (record.kind === "entity") yield entityPart(record);
    else if (record.kind === "relation") yield relationLine(record);
    else yield item(record.line);
  }
}

function entityPart({ name, entityType, observations, tags, importance, extra }: NewEntity) {
  const fields = [
    field(FIELDS.type, escapeMarkdown(entityType)),
    tags?.length ? field(FIELDS.tags, tags.map(tagText).join(", ")) : "",
    importance === undefined ? "" : field(FIELDS.importance, String(importance)),
    extra === undefined ? "" : field(FIELDS.extra, escapeMarkdown(JSON.stringify(extra))),
  ];
  const facts = observations.length === 0 ? "" : `\n${observations.map(item).join("")}`;
  return `\n## ${escapeMarkdown(name)}\n${fields.join("")}${facts}`;
}

function field(name: string, text: string): string {
  return `\n${name}: ${text}\n`;
}

/** Commas are between tags. */
function tagText(tag: string): string {
  return escapeMarkdown(tag).replaceAll(",", "&#x2c;");
}

function item(text: string): string {
  return `- ${escapeMarkdown(text)}\n`;
}

function relationLine({ from, to, relationType, extra }: NewRelation): string {
  const fields = extra === undefined ? "" : ` ${escapeMarkdown(JSON.stringify(extra))}`;
  return `- ${linkTo(from)} ${escapeMarkdown(relationType)} ${linkTo(to)}${fields}\n`;
}

function linkTo(name: string): string {
  return `[${escapeMarkdown(name)}](${anchorOf(name)})`;
}
