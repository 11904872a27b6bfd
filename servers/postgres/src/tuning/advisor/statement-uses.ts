import type { Fields, Node } from "../../guard/parser.ts";
import type { Catalogue, RelationName } from "./catalogue.ts";
import { noteCondition } from "./predicates.ts";
import { aliasOf, Scope } from "./scope.ts";
import { noteSorting } from "./sorting.ts";
import { newUse, type TableUse } from "./table-use.ts";
import { isFields, namesIn, nodeIn, nodesIn, nodesOf } from "./tree.ts";

/** Every relation a statement names, `WITH` queries among them. */
export function relationsIn({ type, fields }: Node): RelationName[] {
  const written = isFields(fields.relation) ? [fields.relation] : [];
  return [...written, ...nodesOf({ [type]: fields }, "RangeVar")].map(
    ({ schemaname, relname }) => ({
      schema: schemaname as string | undefined,
      name: String(relname),
    }),
  );
}

/** What a statement would use indexes for, one entry for each mention of a table. */
export function usesOf(statement: Node, catalogue: Catalogue): TableUse[] {
  const reader = new Reader(catalogue);
  reader.statement(statement, undefined);
  return reader.uses;
}

/** Goes through a statement from the outside to the inside. */
class Reader {
  readonly uses: TableUse[] = [];
  readonly #catalogue: Catalogue;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  statement({ type, fields }: Node, parent: Scope | undefined): void {
    switch (type) {
      case "SelectStmt":
        return this.#select(fields, parent);
      case "UpdateStmt":
        return this.#writing(fields, fields.fromClause, fields.whereClause);
      case "DeleteStmt":
        return this.#writing(fields, fields.usingClause, fields.whereClause);
      case "MergeStmt":
        return this.#writing(fields, [fields.sourceRelation], fields.joinCondition);
      case "InsertStmt":
        return this.#inner(nodeIn(fields.selectStmt), this.#withQueries(fields, new Scope()));
    }
  }

  #select(fields: Fields, parent: Scope | undefined): void {
    const scope = this.#withQueries(fields, new Scope(parent));
    if (isFields(fields.larg) && isFields(fields.rarg)) {
      this.#select(fields.larg, scope);
      this.#select(fields.rarg, scope);
      return;
    }
    const conditions = nodesIn(fields.fromClause).flatMap((node) => this.#source(node, scope));
    noteCondition(nodeIn(fields.whereClause), scope);
    for (const condition of conditions) condition();
    noteSorting(fields, scope);
    const { fromClause: _, withClause: __, ...rest } = fields;
    this.#subqueries([rest, joinConditions(fields.fromClause)], scope);
  }

  #writing(fields: Fields, from: unknown, condition: unknown): void {
    const scope = this.#withQueries(fields, new Scope());
    this.#table(fields.relation as Fields, scope);
    const conditions = nodesIn(from).flatMap((node) => this.#source(node, scope));
    noteCondition(nodeIn(condition), scope);
    for (const noted of conditions) noted();
    const {
      withClause: _,
      fromClause: __,
      usingClause: ___,
      sourceRelation: ____,
      ...rest
    } = fields;
    this.#subqueries([rest, joinConditions(from)], scope);
  }

  #withQueries(fields: Fields, scope: Scope): Scope {
    const ctes = isFields(fields.withClause) ? nodesIn(fields.withClause.ctes) : [];
    for (const { fields: cte } of ctes) scope.shadowing.add(String(cte.ctename));
    for (const { fields: cte } of ctes) this.#inner(nodeIn(cte.ctequery), scope);
    return scope;
  }

  /** Adds what `FROM` names; gives back the conditions of joins, for when everything is known. */
  #source({ type, fields }: Node, scope: Scope): (() => void)[] {
    switch (type) {
      case "RangeVar":
        this.#table(fields, scope);
        return [];
      case "JoinExpr": {
        const sides = [nodeIn(fields.larg), nodeIn(fields.rarg)].filter(
          (side) => side !== undefined,
        );
        const inner = sides.flatMap((side) => this.#source(side, scope));
        return [...inner, () => this.#join(fields, scope)];
      }
      case "RangeSubselect":
        this.#inner(nodeIn(fields.subquery), scope);
        break;
    }
    scope.sources.push({ alias: aliasOf(fields), use: undefined });
    return [];
  }

  #table(fields: Fields, scope: Scope): void {
    const name = { schema: fields.schemaname as string | undefined, name: String(fields.relname) };
    const hidden = name.schema === undefined && scope.shadowing.has(name.name);
    const table = hidden ? undefined : this.#catalogue.find(name);
    const use = table && newUse(table);
    if (use) this.uses.push(use);
    scope.sources.push({ alias: aliasOf(fields), use });
  }

  #join(fields: Fields, scope: Scope): void {
    noteCondition(nodeIn(fields.quals), scope);
    for (const name of namesIn(fields.usingClause)) {
      for (const { use } of scope.sources) if (use?.table.columns.has(name)) use.join.add(name);
    }
  }

  #subqueries(value: unknown, scope: Scope): void {
    for (const { subselect } of nodesOf(value, "SubLink", "SelectStmt")) {
      this.#inner(nodeIn(subselect), scope);
    }
  }

  #inner(node: Node | undefined, scope: Scope): void {
    if (node) this.statement(node, scope);
  }
}

/** The conditions of joins hold subqueries too; what is joined was read already. */
function joinConditions(from: unknown): unknown[] {
  return [...nodesOf(from, "JoinExpr", "RangeSubselect")].map(({ quals }) => quals);
}
