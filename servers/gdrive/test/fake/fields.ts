import { Refusal } from "./http.ts";

type Selection = Map<string, Selection>;

/** What of `value` the parameter `fields` asks for, as `files(id,owners/displayName),nextPageToken`. */
export function select(value: unknown, fields: string): unknown {
  return picked(value, parse(fields));
}

function picked(value: unknown, selection: Selection): unknown {
  if (selection.size === 0 || selection.has("*")) return value;
  if (Array.isArray(value)) return value.map((one) => picked(one, selection));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, member]) => {
    const inner = selection.get(name);
    return inner ? [[name, picked(member, inner)]] : [];
  });
  return Object.fromEntries(entries);
}

function parse(fields: string): Selection {
  const tokens = fields.match(/[\w*]+|[(),/]/g) ?? [];
  if (tokens.join("") !== fields.replaceAll(" ", "")) throw invalid(fields);
  let at = 0;
  const list = (): Selection => {
    const selection: Selection = new Map();
    for (;;) {
      const name = tokens[at++];
      if (name === undefined || !/[\w*]/.test(name)) throw invalid(fields);
      selection.set(name, member());
      if (tokens[at] !== ",") return selection;
      at++;
    }
  };
  const member = (): Selection => {
    if (tokens[at] === "/") {
      const name = tokens[++at];
      at++;
      return new Map([[name ?? "", member()]]);
    }
    if (tokens[at] !== "(") return new Map();
    at++;
    const inner = list();
    if (tokens[at++] !== ")") throw invalid(fields);
    return inner;
  };
  const selection = list();
  if (at < tokens.length) throw invalid(fields);
  return selection;
}

function invalid(fields: string): Refusal {
  return new Refusal(400, "invalidParameter", `Invalid field selection ${fields}`);
}
