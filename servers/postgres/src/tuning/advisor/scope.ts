import type { Fields, Node } from "../../guard/parser.ts";
import { functionOf, INDEXED_FUNCTIONS } from "./table.ts";
import type { TableUse } from "./table-use.ts";
import { namesIn, nodesIn } from "./tree.ts";

/** Something in `FROM`: a table, or what is not looked into (a subquery, a function, a view). */
export interface Source {
  readonly alias: string;
  readonly use: TableUse | undefined;
}

/** A column that a statement names, and the mention of its table. */
export interface FoundColumn {
  readonly use: TableUse;
  readonly name: string;
  /** Whether it belongs to a query around this one. */
  readonly outer: boolean;
}

/** What names mean inside one query. */
export class Scope {
  readonly sources: Source[] = [];
  readonly #parent: Scope | undefined;
  readonly #shadowing: Set<string>;

  constructor(parent?: Scope) {
    this.#parent = parent;
    this.#shadowing = new Set(parent?.shadowing);
  }

  /** Names of `WITH` queries, which stand before tables of the same name. */
  get shadowing(): Set<string> {
    return this.#shadowing;
  }

  /** The column a node names, or the function of one; nothing when it is neither, or nobody's for sure. */
  column(node: Node | undefined): FoundColumn | undefined {
    if (node?.type === "FuncCall") return this.#functionOfColumn(node);
    if (node?.type !== "ColumnRef") return undefined;
    const parts = namesIn(node.fields.fields);
    // `a.*` and whole rows are no columns.
    if (parts.length !== (node.fields.fields as readonly unknown[]).length) return undefined;
    return this.#find(parts, false);
  }

  #functionOfColumn({ fields }: Node): FoundColumn | undefined {
    const name = namesIn(fields.funcname).at(-1) ?? "";
    const [argument, ...more] = nodesIn(fields.args);
    if (!INDEXED_FUNCTIONS.has(name) || argument?.type !== "ColumnRef" || more.length > 0) return;
    const column = this.column(argument);
    const plain = column?.use.table.columns.get(column.name);
    if (column === undefined || plain === undefined) return undefined;
    const wanted = functionOf(name, plain);
    return column.use.table.columns.has(wanted) ? { ...column, name: wanted } : undefined;
  }

  #find(parts: readonly string[], outer: boolean): FoundColumn | undefined {
    const name = parts.at(-1) ?? "";
    const alias = parts.at(-2);
    const named = this.sources.filter((source) => alias === undefined || source.alias === alias);
    const owners = named.filter(({ use }) => use?.table.columns.has(name));
    const [owner] = owners;
    if (owner?.use !== undefined && owners.length === 1) return { use: owner.use, name, outer };
    // What is here and not looked into may have a column of this name, and then it is that one.
    const unsure = owners.length > 1 || named.some(({ use }) => use === undefined);
    return unsure || !this.#parent ? undefined : this.#parent.#find(parts, true);
  }
}

/** The name something in `FROM` goes by. */
export function aliasOf(fields: Fields): string {
  const alias = fields.alias as Fields | undefined;
  return String(alias?.aliasname ?? fields.relname ?? "");
}
