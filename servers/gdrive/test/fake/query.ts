import type { drive_v3 } from "@googleapis/drive";
import { Refusal } from "./http.ts";

/** What a query is asked of: a file, and the words in it. */
export interface Queried {
  readonly meta: drive_v3.Schema$File;
  readonly words: string;
}

type Test = (file: Queried) => boolean;

/** The part of the language of `q` that the fake knows; anything else is a 400, as it is at Google's. */
export function parseQuery(q: string): Test {
  const tokens = tokensOf(q);
  let at = 0;
  const take = (): string => tokens[at++] ?? "";
  const expect = (token: string) => {
    if (take() !== token) throw invalid();
  };
  const any = (): Test => {
    let left = all();
    while (tokens[at] === "or") {
      at++;
      const [first, second] = [left, all()];
      left = (file) => first(file) || second(file);
    }
    return left;
  };
  const all = (): Test => {
    let left = one();
    while (tokens[at] === "and") {
      at++;
      const [first, second] = [left, one()];
      left = (file) => first(file) && second(file);
    }
    return left;
  };
  const one = (): Test => {
    const token = take();
    if (token === "not") {
      const inner = one();
      return (file) => !inner(file);
    }
    if (token === "(") {
      const inner = any();
      expect(")");
      return inner;
    }
    if (token.startsWith("'")) {
      expect("in");
      return contains(take(), textOf(token));
    }
    return compare(token, take(), take());
  };
  const test = any();
  if (at < tokens.length) throw invalid();
  return test;
}

const TOKEN = /\s+|'(?:\\['\\]|[^'\\])*'|[A-Za-z]+|[()]|!=|<=|>=|[=<>]/y;

function tokensOf(q: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < q.length) {
    const [token] = TOKEN.exec(q) ?? [];
    if (token === undefined) throw invalid();
    if (token.trim() !== "") tokens.push(token);
  }
  return tokens;
}

function textOf(token: string): string {
  if (!token.startsWith("'")) throw invalid();
  return token.slice(1, -1).replace(/\\(.)/g, "$1");
}

function contains(list: string, value: string): Test {
  if (list === "parents") {
    return ({ meta }) =>
      meta.parents?.some((id) => id === value || (value === "root" && id === "root-id")) === true;
  }
  if (list === "owners") {
    return ({ meta }) => meta.owners?.some(({ emailAddress }) => emailAddress === value) === true;
  }
  throw invalid();
}

function compare(field: string, operator: string, value: string): Test {
  if (field === "trashed" || field === "starred" || field === "sharedWithMe") {
    if (operator !== "=" && operator !== "!=") throw invalid();
    const wanted = (value === "true") === (operator === "=");
    const member = field === "sharedWithMe" ? "shared" : field;
    return ({ meta }) => (meta[member] ?? false) === wanted;
  }
  const text = textOf(value);
  if (field === "fullText" && operator === "contains") {
    const words = text.replaceAll('"', "").toLowerCase();
    return ({ words: all }) => all.toLowerCase().includes(words);
  }
  if (field === "name" && operator === "contains") {
    return ({ meta }) => (meta.name ?? "").toLowerCase().includes(text.toLowerCase());
  }
  if (field === "mimeType" && operator === "contains") {
    return ({ meta }) => (meta.mimeType ?? "").startsWith(text);
  }
  if (field === "name" || field === "mimeType") return byEquality(field, operator, text);
  if (field === "modifiedTime" || field === "createdTime") return byTime(field, operator, text);
  throw invalid();
}

function byEquality(field: "name" | "mimeType", operator: string, text: string): Test {
  if (operator === "=") return ({ meta }) => meta[field] === text;
  if (operator === "!=") return ({ meta }) => meta[field] !== text;
  throw invalid();
}

function byTime(field: "modifiedTime" | "createdTime", operator: string, text: string): Test {
  const wanted = Date.parse(text);
  if (Number.isNaN(wanted)) throw invalid();
  const time = ({ meta }: Queried) => Date.parse(meta[field] ?? "");
  if (operator === ">") return (file) => time(file) > wanted;
  if (operator === ">=") return (file) => time(file) >= wanted;
  if (operator === "<") return (file) => time(file) < wanted;
  if (operator === "<=") return (file) => time(file) <= wanted;
  throw invalid();
}

function invalid(): Refusal {
  return new Refusal(400, "invalid", "Invalid Value");
}
