import type { Inspection } from "../inspection.ts";
import { surveyIndexes } from "./indexes.ts";
import { type Measured, measure } from "./measure.ts";
import { surveyTables } from "./tables.ts";

/** How much of a table or an index is empty, by estimate or by measure. */
export interface Bloat {
  readonly name: string;
  readonly kind: "table" | "index";
  /** The table of an index. */
  readonly table?: string;
  readonly bytes: number;
  /** Bytes it would be smaller if written anew. */
  readonly wasted: number;
  /** Whether pgstattuple looked, or statistics were reckoned with. */
  readonly measured: boolean;
}

/** What a survey of one kind came to. */
export interface Surveyed {
  readonly bloats: readonly Bloat[];
  /** How many there is no telling of: never analysed, or their statistics hidden. */
  readonly unknown: number;
}

/** What to look at. */
export interface SurveyOptions {
  readonly kinds: readonly Bloat["kind"][];
  /** Smaller ones are left out, in bytes. */
  readonly least: number;
  /** So many of the worst are told, and measured where they can be. */
  readonly limit: number;
}

/** How many of the largest are reckoned with, of each kind. */
const MOST_LOOKED_AT = 500;

/** Finds the tables and b-trees that waste most. */
export async function survey(
  on: Inspection,
  { kinds, least, limit }: SurveyOptions,
): Promise<Measured & Pick<Surveyed, "unknown">> {
  const size = { least, most: MOST_LOOKED_AT };
  const surveyed: Surveyed[] = [];
  if (kinds.includes("table")) surveyed.push(await surveyTables(on, size));
  if (kinds.includes("index")) surveyed.push(await surveyIndexes(on, size));
  const worst = surveyed
    .flatMap(({ bloats }) => bloats)
    .filter(({ wasted }) => wasted > 0)
    .sort((a, b) => b.wasted - a.wasted)
    .slice(0, limit);
  const measured = await measure(on, worst);
  return { ...measured, unknown: surveyed.reduce((sum, { unknown }) => sum + unknown, 0) };
}
