import { bytes, counted, percent } from "../units.ts";
import type { Measured } from "./measure.ts";
import type { Bloat, Surveyed } from "./survey.ts";

const HONEST =
  "Estimates reckon with the statistics of the last ANALYZE and are off by some per cent, more where values are compressed; a b-tree under random inserts is normally about a third empty.";

/** Wasted space as text, the most wasteful first. */
export function describeBloat(
  { bloats, canMeasure, unknown }: Measured & Pick<Surveyed, "unknown">,
  least: number,
): string {
  const notes = [
    ...(bloats.some(({ measured }) => !measured) ? [HONEST] : []),
    ...(canMeasure
      ? []
      : [
          "With the extension pgstattuple (and the role pg_stat_scan_tables) it could be measured.",
        ]),
    ...(unknown > 0
      ? [
          `${counted(unknown, "relation")} could not be estimated: never analysed, or without SELECT for this role.`,
        ]
      : []),
  ];
  if (bloats.length === 0)
    return [`Nothing of ${bytes(least)} or more wastes space.`, ...notes].join("\n");
  const head = `${counted(bloats.length, "relation")} of ${bytes(least)} or more, the most wasteful first:`;
  return [head, ...bloats.map(line), advice(bloats), ...notes].join("\n");
}

function line({ name, kind, table, bytes: size, wasted, measured }: Bloat): string {
  const of = table === undefined ? "" : ` of ${table}`;
  const about = measured ? "measured" : "estimated";
  return `- ${kind} ${name}${of}: ${bytes(wasted)} of ${bytes(size)} wasted (${percent(wasted / size)}, ${about})`;
}

/** What a human could do about the worst of each kind. */
function advice(bloats: readonly Bloat[]): string {
  const worst = (kind: Bloat["kind"]) =>
    bloats.find((bloat) => bloat.kind === kind && bloat.wasted >= bloat.bytes * 0.3)?.name;
  const [table, index] = [worst("table"), worst("index")];
  return [
    ...(index === undefined
      ? []
      : [`To rebuild an index while it is used: REINDEX INDEX CONCURRENTLY ${index};`]),
    ...(table === undefined
      ? []
      : [
          `New rows fill the space in a table again, so let autovacuum work more often first; VACUUM FULL ${table}; gives it back but locks the table, pg_repack does not.`,
        ]),
  ].join("\n");
}
