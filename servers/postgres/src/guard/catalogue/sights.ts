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

/** A sight, while it is good. */
interface KeptSight extends Sight {
  readonly until: number;
  /** Whether others commit: the same was seen again in another snapshot. */
  readonly isBusy: boolean;
}

/** What the latest questions were answered with. */
export class Sights {
  readonly #seen = new Latest<KeptSight>(KEPT);
  readonly #keys = new WeakMap<Glance, string>();

  keep(question: Glance, role: string | undefined, sight: Sight): void {
    if (written(sight.rows).length > MOST_COMPARED) return;
    const before = this.of(question, role);
    const isBusy = before !== undefined && before.snapshot !== sight.snapshot;
    const until = performance.now() + GOOD_MS;
    this.#seen.set(this.#key(question, role), { ...sight, until, isBusy });
  }

  of(question: Glance, role: string | undefined): KeptSight | undefined {
    const sight = this.#seen.get(this.#key(question, role));
    return sight && sight.until > performance.now() ? sight : undefined;
  }

  #key(question: Glance, role: string | undefined): string {
    let key = this.#keys.get(question);
    if (key === undefined) {
      key = JSON.stringify([question.parameters, question.sql]);
      this.#keys.set(question, key);
    }
    return role === undefined ? key : `${JSON.stringify(role)} ${key}`;
  }
}

/**
 * The same question as one that divides by zero when the answer is not the same again. In a snapshot that is the same
 * again nobody has committed anything, so that nothing but the session needs to be compared. While others commit the
 * catalogue is looked at as well; until then not even the look is made ready, which takes longer than all the rest.
 */
export function unlessSeen(
  { sql, parameters }: Glance,
  { rows, snapshot, isBusy }: KeptSight,
): Glance {
  const quiet = [snapshot, written(rows.slice(0, 1))];
  if (!isBusy) return { sql: `${DIVIDE} WHEN ${isQuiet(1)} ${OR_ZERO}`, parameters: quiet };
  const next = parameters.length + 1;
  return {
    sql: `${DIVIDE} WHEN ${isQuiet(next)} THEN '1'::pg_catalog.int4
WHEN (SELECT pg_catalog.string_agg(pg_catalog.concat_ws('${CELL}', kind, object, version), '${ROW}') FROM (${sql}) AS seen)
  OPERATOR(pg_catalog.=) $${next + 2}::pg_catalog.text ${OR_ZERO}`,
    parameters: [...parameters, ...quiet, written(rows)],
  };
}

/** In none of the cells: those are numbers, words of ours, and JSON, which escapes them. */
const CELL = "\u001f";
const ROW = "\u001e";

const DIVIDE = "SELECT '1'::pg_catalog.int4 OPERATOR(pg_catalog./) CASE";
const OR_ZERO = "THEN '1'::pg_catalog.int4 ELSE '0'::pg_catalog.int4 END";

/** Whether the snapshot is that of a parameter, and the session that of the next one. */
const isQuiet = (
  parameter: number,
) => `${SNAPSHOT} OPERATOR(pg_catalog.=) $${parameter}::pg_catalog.text
  AND pg_catalog.concat_ws('${CELL}', 'session', ${STRINGS}, ${SCHEMAS}) OPERATOR(pg_catalog.=) $${parameter + 1}::pg_catalog.text`;

/** As PostgreSQL's `concat_ws` and `string_agg` write it. */
function written(rows: Rows): string {
  return rows.map((row) => row.filter((cell) => cell !== null).join(CELL)).join(ROW);
}
