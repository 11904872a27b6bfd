import { Latest } from "../latest.ts";
import { type Glance, SCHEMAS, SNAPSHOT, STRINGS } from "./glance.ts";

/** Rows of the catalogue, as text. */
export type Rows = readonly (readonly (string | null)[])[];

/** What the catalogue showed when it was glanced at. */
export interface Sight {
  readonly rows: Rows;
  /** Which transactions had ended then. */
  readonly snapshot: string;
}

/** Characters that what was seen may weigh. */
const KEPT = 200_000;

/** Most characters of what a condition compares: it travels with every statement. */
const MOST_COMPARED = 4_000;

/** Milliseconds a sight is good for: what others commit makes its snapshot old, and comparing dearer. */
const GOOD_MS = 60_000;

/** What the latest questions were answered with. */
export class Sights {
  readonly #seen = new Latest<Sight & { readonly until: number }>(KEPT);

  keep(question: Glance, role: string | undefined, sight: Sight): void {
    if (written(sight.rows).length > MOST_COMPARED) return;
    this.#seen.set(keyOf(question, role), { ...sight, until: performance.now() + GOOD_MS });
  }

  of(question: Glance, role: string | undefined): Sight | undefined {
    const sight = this.#seen.get(keyOf(question, role));
    return sight && sight.until > performance.now() ? sight : undefined;
  }
}

function keyOf({ sql, parameters }: Glance, role: string | undefined): string {
  return JSON.stringify([role, parameters, sql]);
}

/**
 * The same question as one that divides by zero when the answer is not the same again. In a snapshot that is the same
 * again nobody has committed anything, so that nothing but the session needs to be compared.
 */
export function unlessSeen({ sql, parameters }: Glance, { rows, snapshot }: Sight): Glance {
  const next = parameters.length + 1;
  const session = rows[0] ?? [];
  return {
    sql: `SELECT '1'::pg_catalog.int4 OPERATOR(pg_catalog./) CASE
WHEN ${SNAPSHOT} OPERATOR(pg_catalog.=) $${next}::pg_catalog.text
  AND pg_catalog.concat_ws('${CELL}', 'session', ${STRINGS}, ${SCHEMAS}) OPERATOR(pg_catalog.=) $${next + 1}::pg_catalog.text
THEN '1'::pg_catalog.int4
WHEN (SELECT pg_catalog.string_agg(pg_catalog.concat_ws('${CELL}', kind, object, version), '${ROW}') FROM (${sql}) AS seen)
  OPERATOR(pg_catalog.=) $${next + 2}::pg_catalog.text
THEN '1'::pg_catalog.int4 ELSE '0'::pg_catalog.int4 END`,
    parameters: [...parameters, snapshot, written([session]), written(rows)],
  };
}

/** In none of the cells: those are numbers, words of ours, and JSON, which escapes them. */
const CELL = "\u001f";
const ROW = "\u001e";

/** As PostgreSQL's `concat_ws` and `string_agg` write it. */
function written(rows: Rows): string {
  return rows.map((row) => row.filter((cell) => cell !== null).join(CELL)).join(ROW);
}
