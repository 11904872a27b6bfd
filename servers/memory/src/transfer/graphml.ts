import type { GraphRecord, NewEntity, NewRelation } from "../graph/types.ts";
import { KEYS, type KeyId } from "./graphml-keys.ts";
import { jsonlLine } from "./jsonl.ts";
import { escapeXml, fitsXml, jsonInXml } from "./xml-text.ts";

/**
 * A graph as GraphML, for yEd, Gephi, NetworkX and what else reads it. Lists are JSON. An end of a relation that does
 * not exist is a node marked `missing`. Where a name or a type has characters that XML cannot hold, readers see the
 * replacement character, and `exact` has it as it is. Lines that contradicted others are kept among the foreign records.
 * @param records entities, relations, foreign records: the order in which a store exports them
 * @param say takes a sentence on what other programs will not see as it is
 */
export async function* formatGraphml(
  records: AsyncIterable<GraphRecord>,
  say: (sentence: string) => void,
): AsyncIterable<string> {
  const document = new Document();
  yield HEAD;
  const lines: string[] = [];
  for await (const record of records) {
    if (record.kind === "foreign" || record.again) lines.push(jsonInXml(jsonlLine(record)));
    else if (record.kind === "entity") yield document.node(record);
    else yield document.edge(record);
  }
  for (const [index, line] of lines.entries()) {
    yield `${index > 0 ? "," : '    <data key="foreign">['}${line}`;
  }
  yield lines.length > 0 ? "]</data>\n  </graph>\n</graphml>\n" : "  </graph>\n</graphml>\n";
  const { unheld } = document;
  if (unheld > 0) {
    say(
      `XML cannot hold some characters of ${unheld} names or types; other programs see U+FFFD there, and an import here the text as it was.`,
    );
  }
}

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
${KEYS.map((key) => `  <key id="${key.id}" for="${key.for}" attr.name="${key.name}" attr.type="${key.type}"/>\n`).join("")}  <graph id="memory" edgedefault="directed">
`;

class Document {
  /** How many names and types had characters that XML cannot hold. */
  unheld = 0;
  /** Numbers of the nodes, by the names of their entities. */
  readonly #nodes = new Map<string, number>();

  node({ name, entityType, observations, tags, importance, extra }: NewEntity): string {
    return `    <node id="${this.#add(name)}">
${this.#texts({ name, type: entityType })}${data("observations", jsonInXml(observations))}${
  tags?.length ? data("tags", jsonInXml(tags)) : ""
}${importance === undefined ? "" : data("importance", String(importance))}${
  extra === undefined ? "" : data("fields", jsonInXml(extra))
}    </node>\n`;
  }

  edge({ from, to, relationType, extra }: NewRelation): string {
    const missing = [...new Set([from, to])].filter((name) => !this.#nodes.has(name));
    const nodes = missing.map((name) => this.#missing(name)).join("");
    const ends = `source="n${this.#nodes.get(from)}" target="n${this.#nodes.get(to)}"`;
    const fields = extra === undefined ? "" : data("fields", jsonInXml(extra));
    return `${nodes}    <edge ${ends}>\n${this.#texts({ relation: relationType })}${fields}    </edge>\n`;
  }

  #missing(name: string): string {
    return `    <node id="${this.#add(name)}">\n${this.#texts({ name })}${data("missing", "true")}    </node>\n`;
  }

  #add(name: string): string {
    const number = this.#nodes.size;
    this.#nodes.set(name, number);
    return `n${number}`;
  }

  /** Texts that are to be read as they are, and as JSON those that XML cannot hold. */
  #texts(texts: Partial<Record<KeyId, string>>): string {
    const all = Object.entries(texts) as [KeyId, string][];
    const shown = all.map(([key, text]) => data(key, escapeXml(text))).join("");
    const unheld = all.filter(([, text]) => !fitsXml(text));
    if (unheld.length === 0) return shown;
    this.unheld += unheld.length;
    return shown + data("exact", jsonInXml(Object.fromEntries(unheld)));
  }
}

function data(key: KeyId, text: string): string {
  return `      <data key="${key}">${text}</data>\n`;
}
