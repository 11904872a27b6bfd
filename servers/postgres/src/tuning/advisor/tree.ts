import type { Fields, Node } from "../../guard/parser.ts";

/** The node in a field that holds one, `{ "ColumnRef": { … } }`. */
export function nodeIn(value: unknown): Node | undefined {
  if (!isFields(value)) return undefined;
  const [type, fields] = Object.entries(value)[0] ?? [];
  return type !== undefined && isFields(fields) ? { type, fields } : undefined;
}

/** The nodes of a field that holds a list of them; gaps are left out. */
export function nodesIn(value: unknown): Node[] {
  return Array.isArray(value) ? value.map(nodeIn).filter((node) => node !== undefined) : [];
}

/** The texts of a list of `String` nodes: the parts of a name. A star is left out. */
export function namesIn(value: unknown): string[] {
  return nodesIn(value).flatMap(({ type, fields }) =>
    type === "String" ? [String(fields.sval ?? "")] : [],
  );
}

/** Every node of a type below a value, in any depth; nothing below those in `border` is looked at. */
export function* nodesOf(value: unknown, type: string, border?: string): Generator<Fields> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodesOf(item, type, border);
    return;
  }
  if (!isFields(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    if (name === type && isFields(inner)) yield inner;
    if (name !== border) yield* nodesOf(inner, type, border);
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
