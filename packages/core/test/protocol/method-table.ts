import { METHODS, type MethodRow, REVISIONS, type RequestRow } from "../../src/index.ts";
import type { Definition } from "../../src/protocol/define.ts";

/** A row in a form that survives JSON: shapes by their names in the official schema, where they have one. */
interface Entry extends Omit<RequestRow, "kind" | "params" | "result"> {
  readonly kind: MethodRow["kind"];
  readonly params: string | undefined;
  readonly result?: string | undefined;
}

function entryOf(row: MethodRow): Entry {
  if (row.kind === "notification") return { ...row, params: nameOf(row.params) };
  return { ...row, params: nameOf(row.params), result: nameOf(row.result) };
}

function nameOf(shape: object): string | undefined {
  return (shape as Partial<Definition>).name;
}

/** The whole registry as data, for whoever generates something of it. */
export const model = {
  revisions: REVISIONS,
  methods: Object.values(METHODS).map((row) => entryOf(row)),
} as const;

/** The registry as a page. */
export function page(): string {
  const of = (kind: Entry["kind"]) => model.methods.filter((one) => one.kind === kind);
  return `# Methods

Every request and notification of the five revisions, from the rows in \`src/protocol\`. Do not edit: a test writes this page and
[the same as data](methods.json), and fails when they are out of step (\`vitest -u\` writes them anew).

"Needs" names what has to be declared: by the side that answers a request, by the side named for a notification. Params and
results go by their names in the official schema; a few have none.

## Requests

${table(
  ["Method", "Revisions", "Sent by", "Needs", "Params", "Result", "Also"],
  of("request").map((one) => [...common(one), code(one.result), also(one)]),
)}

## Notifications

${table(["Method", "Revisions", "Sent by", "Needs", "Params"], of("notification").map(common))}
`;
}

function common(one: Entry): string[] {
  return [code(one.method), revisions(one), sender(one.from), needs(one), code(one.params)];
}

function revisions({ since = REVISIONS[0], until }: Entry): string {
  if (until) return since === until ? since : `${since} to ${until}`;
  return since === REVISIONS[0] ? "all" : `since ${since}`;
}

function sender(from: Entry["from"]): string {
  if (typeof from === "string") return from === "both" ? "client, server" : from;
  return Object.entries(from)
    .map(([revision, who], at) => `${sender(who)}${at === 0 ? "" : ` since ${revision}`}`)
    .join("; ");
}

function needs({ gate, gatedSince }: Entry): string {
  const sides = Object.entries(gate ?? {}).map(([side, path]) => `${side} \`${path}\``);
  return sides.join(", ") + (gatedSince ? ` since ${gatedSince}` : "");
}

function also(one: Entry): string {
  return [
    one.paginated && "pages",
    one.mayAskForInput && "may ask for input",
    one.cacheableSince && `cacheable since ${one.cacheableSince}`,
    one.nameParam && `\`Mcp-Name\`: \`${one.nameParam}\``,
    one.inputOnlySince && `only inside an input-required result since ${one.inputOnlySince}`,
  ]
    .filter(Boolean)
    .join("; ");
}

function code(text: string | undefined): string {
  return text === undefined ? "" : `\`${text}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
