import { Refused } from "../guard/refused.ts";
import { type Fields, fieldsOf, nodesIn, strings, typeOfField } from "../syntax/tree.ts";
import type { MaskPlan } from "./plan.ts";
import { type Scope, scopeOf } from "./scope.ts";

/**
 * Lets a statement have masked columns only where they can be masked: as plain items of what it answers with. Where
 * it could compute with one, compare it or hand it on, nobody could tell any more what came from it.
 * @param root the fields of the statement's node
 * @returns the names of the masked columns it could show; none when it has nothing to do with any
 * @throws {Refused} with what stands in the way
 */
export function checkMasked(type: string, root: Fields, plan: MaskPlan): ReadonlySet<string> {
  const scope = scopeOf({ [type]: root }, plan);
  if (!scope) return new Set();
  new Check(scope).statement(type, root);
  return new Set(scope.columns.keys());
}

class Check {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** A statement whose answer the caller gets. */
  statement(type: string, fields: Fields): void {
    if (type === "ExplainStmt" || type === "PrepareStmt") {
      for (const [inner, query] of Object.entries(fieldsOf(fields.query))) {
        this.statement(inner, fieldsOf(query));
      }
      return;
    }
    if (type === "SelectStmt" && fields.op === "SETOP_NONE") {
      const { targetList, ...rest } = fields;
      this.#answer(targetList, rest);
      this.#fields(rest);
      return;
    }
    const { returningClause, ...rest } = fields;
    const { exprs, ...options } = fieldsOf(returningClause);
    this.#answer(exprs, {});
    this.#fields({ ...rest, options });
  }

  /** What the caller gets: a masked column, plain or in a star, is masked there. */
  #answer(list: unknown, rest: Fields): void {
    let shows = false;
    const aliases = new Set<string>();
    for (const item of Array.isArray(list) ? list : []) {
      const target = fieldsOf(fieldsOf(item).ResTarget);
      const plain = fieldsOf(fieldsOf(target.val).ColumnRef).fields;
      if (plain === undefined) {
        this.#value(item);
      } else if (isStar(plain)) {
        shows ||= this.#starShows(strings(plain), rest);
      } else {
        this.#refuseRow(strings(plain));
        if (this.#maskedName(strings(plain)) === undefined) continue;
        shows = true;
        if (typeof target.name === "string") aliases.add(target.name);
      }
    }
    if (shows) refuseComparing(rest, aliases);
  }

  #starShows(names: readonly string[], { fromClause }: Fields): boolean {
    const qualifier = names.at(-1);
    if (qualifier !== undefined && !this.#scope.rows.has(qualifier)) return false;
    return this.#maskedTable(fromClause) !== undefined;
  }

  #value(value: unknown): void {
    if (Array.isArray(value)) for (const item of value) this.#value(item);
    else if (typeof value === "object" && value !== null) this.#fields(value as Fields);
  }

  #fields(fields: Fields): void {
    for (const [key, child] of Object.entries(fields)) {
      if (typeof child !== "object" || child === null) continue;
      const type = /^[A-Z]/.test(key) ? key : typeOfField(key, fieldsOf(child));
      if (type !== undefined && !Array.isArray(child)) this.#node(type, child as Fields);
      else this.#value(child);
    }
  }

  #node(type: string, fields: Fields): void {
    const { exprs } = fieldsOf(fields.returningClause);
    if (Array.isArray(exprs) && exprs.some(isStarItem)) throw starRefused("RETURNING *");
    switch (type) {
      case "ColumnRef":
        return this.#column(fields.fields);
      case "SubLink":
        return this.#subLink(fields);
      case "SelectStmt":
        this.#refuseStar(fields);
        break;
      case "JoinExpr":
        this.#join(fields);
        break;
      case "RangeVar":
        this.#refuseRenaming(fields);
        break;
    }
    this.#fields(fields);
  }

  #column(parts: unknown): void {
    const names = strings(parts);
    // A star that is no item of a list, as in count(t.*), is a whole row.
    if (isStar(parts)) {
      if (names.length === 0) return;
      throw refused(names.join("."), "and so are whole rows of it");
    }
    this.#refuseRow(names);
    const masked = this.#maskedName(names);
    if (masked !== undefined) throw refused(masked);
  }

  /** A masked column that names could mean. */
  #maskedName(names: readonly string[]): string | undefined {
    const { columns, rows } = this.#scope;
    const column = names.at(-1) ?? "";
    const qualifier = names.at(-2);
    const relation = columns.get(column);
    if (!relation || (qualifier !== undefined && !rows.has(qualifier))) return undefined;
    return `${relation.schema}.${relation.name}.${column}`;
  }

  #refuseRow(names: readonly string[]): void {
    const last = names.at(-1);
    if (last !== undefined && this.#scope.rows.has(last)) throw refused(last, "as a whole row");
  }

  /** EXISTS looks at no column at all, unless it has to tell rows apart first. */
  #subLink(fields: Fields): void {
    const { subselect, ...rest } = fields;
    this.#fields(rest);
    const select = fieldsOf(fieldsOf(subselect).SelectStmt);
    const looksAtNone = fields.subLinkType === "EXISTS_SUBLINK" && select.op === "SETOP_NONE";
    const comparesRows = select.distinctClause !== undefined || select.groupClause !== undefined;
    if (!looksAtNone || comparesRows) return this.#fields({ subselect });
    const items = Array.isArray(select.targetList) ? select.targetList : [];
    const targetList = items.filter((item) => !isStarItem(item));
    this.#fields({ ...select, targetList });
  }

  /** Inside of a statement a star would carry masked columns on. */
  #refuseStar({ targetList, fromClause }: Fields): void {
    if (!Array.isArray(targetList) || !targetList.some(isStarItem)) return;
    const table = this.#maskedTable(fromClause);
    if (table !== undefined) throw starRefused(table);
  }

  #maskedTable(fromClause: unknown): string | undefined {
    for (const { type, fields } of tablesOf(fromClause)) {
      if (type === "RangeVar" && this.#scope.isMasked(fields)) return String(fields.relname);
    }
    return undefined;
  }

  #join({ usingClause, isNatural, alias }: Fields): void {
    const shared = strings(usingClause).find((name) => this.#scope.columns.has(name));
    if (shared !== undefined) throw refused(shared);
    if (isNatural === true) throw refused("NATURAL JOIN", "name the columns to join on");
    this.#refuseRenaming({ alias });
  }

  #refuseRenaming({ alias }: Fields): void {
    if (fieldsOf(alias).colnames === undefined) return;
    throw refused(String(fieldsOf(alias).aliasname), "leave its columns their names");
  }
}

/** The relations of a FROM clause itself, not of the subqueries in it. */
function* tablesOf(fromClause: unknown) {
  const outside = JSON.parse(
    JSON.stringify(fromClause ?? [], (key, value) =>
      key === "RangeSubselect" ? undefined : value,
    ),
  );
  yield* nodesIn(outside);
}

/** DISTINCT, and ORDER BY 2 or by the name an item was given, would tell of the values by what is equal or first. */
function refuseComparing(
  { distinctClause, sortClause, groupClause }: Fields,
  aliases: ReadonlySet<string>,
): void {
  for (const key of keysOf([distinctClause ?? [], sortClause ?? [], groupClause ?? []])) {
    const constant = fieldsOf(key.A_Const).ival !== undefined;
    const named = strings(fieldsOf(key.ColumnRef).fields).find((name) => aliases.has(name));
    if (Object.keys(key).length === 0) {
      throw refused("DISTINCT", "leave them out, or name others in DISTINCT ON");
    }
    if (constant) throw refused("A position", "order and group by names of columns");
    if (named !== undefined) throw refused(named);
  }
}

/** What clauses compare rows by, also within rows and grouping sets; a plain DISTINCT has an empty one. */
function keysOf(clause: unknown): Fields[] {
  if (Array.isArray(clause)) return clause.flatMap(keysOf);
  const { SortBy, GroupingSet, RowExpr } = fieldsOf(clause);
  const inner = fieldsOf(SortBy).node ?? fieldsOf(GroupingSet).content ?? fieldsOf(RowExpr).args;
  return inner === undefined ? [fieldsOf(clause)] : keysOf(inner);
}

function isStar(parts: unknown): boolean {
  return Array.isArray(parts) && fieldsOf(parts.at(-1)).A_Star !== undefined;
}

function isStarItem(item: unknown): boolean {
  const { val } = fieldsOf(fieldsOf(item).ResTarget);
  return isStar(fieldsOf(fieldsOf(val).ColumnRef).fields);
}

function starRefused(what: string): Refused {
  return refused(what, "and * would hand them on: name the columns you need");
}

function refused(what: string, how = ""): Refused {
  const more = how === "" ? "" : ` (${how})`;
  return new Refused(
    `${what} has to do with columns that are masked here${more}: they can be selected as they are, but not used in expressions, conditions, joins, grouping, order or subqueries.`,
  );
}
