import { described, factsOf } from "../detailed.ts";
import type { EntityDetails, Relation } from "../graph/types.ts";

/** Most characters of stored text in one prompt: about 10,000 tokens. */
const MOST_CHARACTERS = 40_000;

/** Entities as lines for a prompt: each with its facts, when and by whom they were written; what is too much is counted. */
export function entitiesText(
  entities: readonly EntityDetails[],
  relations: readonly Relation[],
): string {
  const lines = [
    ...entities.flatMap(entityLines),
    ...(relations.length > 0 ? ["## Relations"] : []),
    ...relations.map(({ from, relationType, to }) => `${from} -[${relationType}]-> ${to}`),
  ];
  const shown: string[] = [];
  let left = MOST_CHARACTERS;
  for (const line of lines) {
    left -= line.length;
    if (left < 0) break;
    shown.push(line);
  }
  const missing = lines.length - shown.length;
  return [...shown, ...(missing > 0 ? [`(${missing} more lines do not fit here)`] : [])].join("\n");
}

function entityLines(details: EntityDetails): string[] {
  const { name, entityType, tags, importance } = described(details);
  const marks = tags.length > 0 ? `, tags ${tags.join(", ")}` : "";
  return [
    `## ${name} (${entityType}, importance ${importance}${marks})`,
    ...factsOf(details).map(({ text, at, by }) => `- ${text} [${at}${by ? `, ${by}` : ""}]`),
  ];
}
