/** A node of the parse tree: its fields by name. */
export type Fields = Readonly<Record<string, unknown>>;

/** Fields that hold a node without saying its type, as PostgreSQL's parser writes them. */
const UNNAMED: Readonly<Record<string, string>> = {
  relation: "RangeVar",
  larg: "SelectStmt",
  rarg: "SelectStmt",
};

/** A node with its type. */
export interface Node {
  readonly type: string;
  readonly fields: Fields;
}

/** The fields of what may be none. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

/** Every node below one whose type is known, in whatever field. */
export function* nodesIn(root: unknown): Generator<Node> {
  const waiting: unknown[] = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (Array.isArray(value)) {
      waiting.push(...value);
      continue;
    }
    for (const [key, child] of Object.entries(fieldsOf(value))) {
      if (typeof child !== "object" || child === null) continue;
      const type = /^[A-Z]/.test(key) ? key : typeOfField(key, fieldsOf(child));
      if (type !== undefined && !Array.isArray(child)) yield { type, fields: child as Fields };
      waiting.push(child);
    }
  }
}

/** The type of a node in a field that does not say it; nothing where the node says it itself. */
export function typeOfField(field: string, fields: Fields): string | undefined {
  const type = UNNAMED[field];
  return type !== undefined && !Object.keys(fields).some((key) => /^[A-Z]/.test(key))
    ? type
    : undefined;
}

/** The texts of a list of names. */
export function strings(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item) => {
    const { sval } = fieldsOf(fieldsOf(item).String);
    return typeof sval === "string" ? [sval] : [];
  });
}
