import type { SaxesTagPlain } from "saxes";
import { GraphError } from "../graph/error.ts";
import type { GraphRecord } from "../graph/types.ts";
import { edgeFields, isMissing, nodeFields } from "./graphml-fields.ts";
import { lineRecord } from "./jsonl.ts";
import { recordOf } from "./record.ts";

/**
 * Reads GraphML: ours, and what yEd, Gephi or NetworkX write. Nodes become entities by their label, edges relations.
 * Attributes that mean nothing to a graph are kept as fields; of how things are drawn only labels are read.
 * @param say takes a sentence on what was not taken in
 * @throws {GraphError} `invalid` for what is no GraphML
 */
export async function* parseGraphml(
  text: AsyncIterable<string>,
  say: (sentence: string) => void,
): AsyncIterable<GraphRecord> {
  // Documents from others: entities and external parts of a document type are never followed by this one.
  const { SaxesParser } = await import("saxes");
  const reader = new Reader();
  const parser = new SaxesParser();
  parser.on("xmldecl", ({ encoding }) => reader.declare(encoding));
  parser.on("opentag", (tag) => reader.open(tag));
  parser.on("text", (piece) => reader.text(piece));
  parser.on("cdata", (piece) => reader.text(piece));
  parser.on("closetag", () => reader.close());
  for await (const piece of text) {
    parsed(() => parser.write(piece));
    yield* reader.taken();
  }
  parsed(() => parser.close());
  yield* reader.rest(say);
}

function parsed(parse: () => void): void {
  try {
    parse();
  } catch (error) {
    if (error instanceof GraphError || !(error instanceof Error)) throw error;
    const reason = error.message.replaceAll(/[\p{C}\s]+/gu, " ").slice(0, 200);
    throw new GraphError("invalid", `This is no GraphML (${reason}); correct it.`);
  }
}

/** A node, an edge or the graph while it is open. */
interface Part {
  readonly kind: "node" | "edge" | "graph";
  readonly attributes: Readonly<Record<string, string>>;
  /** Its data by the names of the attributes. */
  readonly data: Map<string, string>;
}

interface Key {
  /** Absent where a program keeps how things are drawn. */
  readonly name: string | undefined;
  readonly for: string;
  fallback?: string;
}

interface Edge {
  readonly source: string;
  readonly target: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

class Reader {
  readonly #keys = new Map<string, Key>();
  /** Names of the nodes that were read, by their ids. */
  readonly #names = new Map<string, string>();
  readonly #used = new Set<string>();
  readonly #path: string[] = [];
  readonly #parts: Part[] = [];
  #records: GraphRecord[] = [];
  /** Edges that came before a node of theirs. */
  readonly #waiting: Edge[] = [];
  #key: Key | undefined;
  #text = "";
  #unread = 0;

  declare(encoding: string | undefined): void {
    if (encoding === undefined || /^(utf-?8|us-ascii)$/i.test(encoding)) return;
    throw new GraphError("invalid", "Only GraphML in UTF-8 can be read; save it as that.");
  }

  open({ name, attributes }: SaxesTagPlain): void {
    const element = localName(name);
    if (this.#path.length === 0 && element !== "graphml") {
      throw new GraphError("invalid", "This is no GraphML: the first element must be graphml.");
    }
    this.#path.push(element);
    if (element === "hyperedge") this.#unread++;
    if (element === "key") this.#openKey(attributes);
    if (element === "data") this.#key = this.#keys.get(attributes.key ?? "");
    if (isPart(element)) this.#parts.push({ kind: element, attributes, data: new Map() });
    if (TEXTS.has(element)) this.#text = "";
  }

  text(piece: string): void {
    if (TEXTS.has(this.#path.at(-1) ?? "")) this.#text += piece;
  }

  close(): void {
    const element = this.#path.pop() ?? "";
    if (element === "default" && this.#key) this.#key.fallback = this.#text;
    else if (element === "data") this.#take(this.#key?.name, this.#text);
    else if (LABELS.has(element) && this.#text.trim()) this.#take("label", this.#text.trim());
    else if (isPart(element)) this.#closePart();
    if (TEXTS.has(element)) this.#text = "";
  }

  /** What was read since. */
  taken(): GraphRecord[] {
    const taken = this.#records;
    this.#records = [];
    return taken;
  }

  /** What could only be understood at the end. */
  *rest(say: (sentence: string) => void): Iterable<GraphRecord> {
    for (const edge of this.#waiting) this.#relate(edge);
    yield* this.taken();
    if (this.#unread > 0) say(`Edges between more than two nodes were left out: ${this.#unread}.`);
  }

  #openKey(attributes: Readonly<Record<string, string>>): void {
    const { id = "", for: whose = "all", "yfiles.type": drawn } = attributes;
    const name = attributes["attr.name"] ?? (drawn === undefined ? id : undefined);
    this.#key = { name, for: whose };
    this.#keys.set(id, this.#key);
  }

  #take(name: string | undefined, text: string): void {
    const part = this.#parts.at(-1);
    if (part === undefined || name === undefined) return;
    // Of several labels the first is the one people see.
    if (name !== "label" || !part.data.has(name)) part.data.set(name, text);
  }

  #closePart(): void {
    const part = this.#parts.pop();
    if (part === undefined) return;
    for (const { name, for: whose, fallback } of this.#keys.values()) {
      const isMeant = whose === part.kind || whose === "all";
      if (name === undefined || fallback === undefined || !isMeant) continue;
      if (!part.data.has(name)) part.data.set(name, fallback);
    }
    if (part.kind === "node") this.#closeNode(part);
    else if (part.kind === "edge") this.#closeEdge(part);
    else this.#closeGraph(part);
  }

  #closeNode({ attributes: { id = "" }, data }: Part): void {
    const fields = nodeFields(data, id);
    const given = String(fields.name);
    // Labels need not be unique, names are.
    const name = this.#used.has(given) ? `${given} (${id})` : given;
    this.#used.add(name);
    this.#names.set(id, name);
    if (!isMissing(data)) this.#add({ ...fields, name }, "entity");
  }

  #closeEdge({ attributes: { source = "", target = "" }, data }: Part): void {
    const edge = { source, target, fields: edgeFields(data) };
    if (this.#names.has(source) && this.#names.has(target)) this.#relate(edge);
    else this.#waiting.push(edge);
  }

  #closeGraph({ data }: Part): void {
    const lines = listIn(data.get("foreign"));
    for (const line of lines) this.#records.push(lineRecord(line));
  }

  #relate({ source, target, fields }: Edge): void {
    const [from, to] = [source, target].map((id) => this.#names.get(id) ?? id);
    this.#add({ ...fields, from, to }, "relation");
  }

  #add(fields: Readonly<Record<string, unknown>>, type: "entity" | "relation"): void {
    this.#records.push(recordOf(fields, JSON.stringify({ type, ...fields }), type));
  }
}

/** Labels of drawn things, in yEd's extension. */
const LABELS = new Set(["NodeLabel", "EdgeLabel"]);

/** Elements whose text matters. */
const TEXTS = new Set(["data", "default", ...LABELS]);

function isPart(element: string): element is Part["kind"] {
  return element === "node" || element === "edge" || element === "graph";
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function listIn(json: string | undefined): string[] {
  try {
    const list: unknown = JSON.parse(json ?? "[]");
    return Array.isArray(list) ? list.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}
