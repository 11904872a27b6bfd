import { described, factsOf } from "../detailed.ts";
import type { EntityDetails } from "../graph/types.ts";
import type { OpenGraph } from "../open-graph.ts";

/** Most bytes of stored text in one prompt: about 10,000 tokens. */
const MOST_BYTES = 40_000;

/** Which relations go along: those with one end, or both, among the entities. */
interface Wanted {
  readonly ends: "one" | "both";
  readonly limit: number;
}

/**
 * Entities as lines for a prompt, with their relations: each with its facts, when and by whom they were written; what
 * is too much is counted.
 */
export async function entitiesText(
  { store, scope }: OpenGraph,
  entities: readonly EntityDetails[],
  { ends, limit }: Wanted,
): Promise<string> {
  const names = entities.map(({ name }) => name);
  const relations =
    names.length === 0 ? [] : await store.relationsOf(scope, names, { ends, limit: limit + 1 });
  const lines = [
    ...entities.flatMap(entityLines),
    ...(relations.length > 0 ? ["## Relations"] : []),
    ...relations
      .slice(0, limit)
      .map(({ from, relationType, to }) => `${from} -[${relationType}]-> ${to}`),
    ...(relations.length > limit ? ["(more relations are not shown; find_related has them)"] : []),
  ];
  const shown: string[] = [];
  let left = MOST_BYTES;
  for (const line of lines) {
    left -= Buffer.byteLength(line);
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
