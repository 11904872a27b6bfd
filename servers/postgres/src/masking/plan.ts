import type { Session } from "../database/database.ts";
import { MASKED_COLUMNS } from "./masked-columns.ts";
import type { MaskKind, MaskRule } from "./rules.ts";

/** A relation some of whose columns are masked. */
export interface MaskedRelation {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
}

/** What the rules mean in one database as it is now. */
export interface MaskPlan {
  readonly relations: readonly MaskedRelation[];
  /** Views that show a masked column and that no rule speaks of. */
  readonly views: readonly { readonly schema: string; readonly name: string }[];
  /** By {@link originKey}. */
  readonly kinds: ReadonlyMap<string, MaskKind>;
}

/** Stands for a column of a relation. */
export function originKey(relation: number, column: number): string {
  return `${relation}.${column}`;
}

interface Row {
  readonly schema: string;
  readonly name: string;
  readonly relation?: string;
  readonly column?: number;
  readonly attribute?: string;
  /** Of its rule; null for what is generated from a masked column. */
  readonly place?: number | null;
}

/**
 * Finds the columns that rules mean, in the transaction in which they will be read.
 * @throws {DatabaseError}
 */
export async function maskPlan(session: Session, rules: readonly MaskRule[]): Promise<MaskPlan> {
  const { rows } = await session.query(MASKED_COLUMNS, [
    rules.map(({ schema }) => likeOf(schema)),
    rules.map(({ table }) => likeOf(table)),
    rules.map(({ column }) => likeOf(column)),
    rules.flatMap(({ kind }, at) => (kind === "none" ? [at + 1] : [])),
    rules.map(({ table }) => !/[*?]/.test(table)),
  ]);
  const found = rows.map(([json]) => JSON.parse(json ?? "null") as Row);
  const relations = new Map<string, MaskedRelation & { readonly columns: string[] }>();
  const kinds = new Map<string, MaskKind>();
  const views: MaskPlan["views"][number][] = [];
  for (const { schema, name, relation, column = 0, attribute = "", place } of found) {
    if (relation === undefined) {
      views.push({ schema, name });
      continue;
    }
    kinds.set(originKey(Number(relation), column), rules[(place ?? 0) - 1]?.kind ?? "full");
    const known = relations.get(relation) ?? { schema, name, columns: [] };
    known.columns.push(attribute);
    relations.set(relation, known);
  }
  return { relations: [...relations.values()], views, kinds };
}

/** A rule's name is a glob of `*` and `?`, and always the whole name. */
function likeOf(glob: string): string {
  return glob
    .replace(/[\\%_]/g, "\\$&")
    .replaceAll("*", "%")
    .replaceAll("?", "_");
}
