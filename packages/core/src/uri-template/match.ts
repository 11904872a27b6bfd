import type { Expression, Part, Variable } from "./parse.ts";

/** What a URI gives for a template's variables: a list for `{name*}`, else text. */
export type TemplateVariables = Record<string, string | string[]>;

const maxUriLength = 65_536;

/**
 * Reads the variables back out of a URI; undefined if the template cannot have made it. Every pair of
 * part and position is visited at most once, so the time is bounded by the product of their numbers.
 */
export function match(parts: readonly Part[], uri: string): TemplateVariables | undefined {
  if (uri.length > maxUriLength) return undefined;
  const regions = locate(parts, uri);
  if (!regions) return undefined;
  const found = new Bindings();
  for (const [index, part] of parts.entries()) {
    if (typeof part === "string") continue;
    const text = regions[index];
    if (text !== undefined && !bind(part, text, found)) return undefined;
  }
  return found.result();
}

interface State {
  readonly part: number;
  readonly at: number;
  /** Where the text of the current expression started; undefined before it. */
  readonly start: number | undefined;
  /** Where the text of the expression just left started; undefined if it was left out. */
  readonly left?: number;
}

/** Finds which stretch of the URI belongs to which expression, earlier ones taking all they can. */
function locate(parts: readonly Part[], uri: string): (string | undefined)[] | undefined {
  const regions: (string | undefined)[] = [];
  const width = uri.length + 1;
  const visited = new Uint8Array(2 * (parts.length + 1) * width);
  const open: State[] = [{ part: 0, at: 0, start: undefined }];
  for (let state = open.pop(); state; state = open.pop()) {
    const { part: index, at, start, left } = state;
    const slot = (2 * index + (start === undefined ? 0 : 1)) * width + at;
    if (visited[slot]) continue;
    visited[slot] = 1;
    // Depth first: by the time a match is complete, the last text noted is the one that led to it.
    if (start === undefined && index > 0) {
      regions[index - 1] = left === undefined ? undefined : uri.slice(left, at);
    }
    const part = parts[index];
    if (part === undefined) {
      if (at === uri.length) return regions;
    } else if (typeof part === "string") {
      if (uri.startsWith(part, at)) open.push({ part: index + 1, at: at + part.length, start });
    } else if (start === undefined) {
      enter(part, index, at, uri, open);
    } else {
      open.push({ part: index + 1, at, start: undefined, left: start });
      if (accepts(part, uri.charAt(at))) open.push({ part: index, at: at + 1, start });
    }
  }
  return undefined;
}

function enter(part: Expression, index: number, at: number, uri: string, open: State[]): void {
  const { first, reserved } = part.operator;
  // An operator that writes a first character writes nothing at all without a value.
  if (first !== "") open.push({ part: index + 1, at, start: undefined });
  if (!uri.startsWith(first, at)) return;
  const start = at + first.length;
  if (first !== "" || reserved) open.push({ part: index, at: start, start });
  else if (accepts(part, uri.charAt(at))) open.push({ part: index, at: at + 1, start });
}

/** Whether an expression's text can go on with `character`, which is empty at the end of the URI. */
function accepts({ operator, variables }: Expression, character: string): boolean {
  if (character === "") return false;
  if (operator.reserved) return true;
  if (operator.separator === "&") return character !== "#";
  const several = variables.length > 1 || variables[0]?.explode === true;
  if (character === "/") return operator.separator === "/" && several;
  return character !== "?" && character !== "#";
}

function bind(expression: Expression, text: string, found: Bindings): boolean {
  const { operator, variables } = expression;
  if (operator.named) return bindNamed(expression, text, found);
  const [only] = variables;
  if (variables.length === 1 && only && !only.explode) return found.set(only, text);
  const pieces = text.split(operator.separator);
  for (const [index, variable] of variables.entries()) {
    // A list takes all pieces that the variables after it do not need.
    const spare = pieces.length - (variables.length - index - 1);
    const taken = pieces.splice(0, variable.explode ? Math.max(spare, 1) : 1);
    for (const piece of taken) if (!found.set(variable, piece)) return false;
  }
  return pieces.length === 0;
}

function bindNamed({ operator, variables }: Expression, text: string, found: Bindings): boolean {
  return text.split(operator.separator).every((pair) => {
    const equals = pair.indexOf("=");
    const name = equals < 0 ? pair : pair.slice(0, equals);
    const variable = variables.find((candidate) => candidate.name === name);
    return variable !== undefined && found.set(variable, equals < 0 ? "" : pair.slice(equals + 1));
  });
}

/** The values found so far. A variable that occurs twice must have one value. */
class Bindings {
  readonly #values = new Map<string, string | string[]>();
  readonly #prefixes: [name: string, value: string][] = [];

  /** Notes a value as it is in the URI; false if it is not well-formed or contradicts another. */
  set({ name, explode, prefix }: Variable, escaped: string): boolean {
    const value = decode(escaped);
    if (value === undefined) return false;
    const known = this.#values.get(name);
    if (prefix !== undefined) this.#prefixes.push([name, value]);
    else if (!explode) {
      if (known !== undefined && known !== value) return false;
      this.#values.set(name, value);
    } else if (Array.isArray(known)) known.push(value);
    else this.#values.set(name, [value]);
    return true;
  }

  result(): TemplateVariables | undefined {
    for (const [name, prefix] of this.#prefixes) {
      const whole = this.#values.get(name) ?? prefix;
      if (typeof whole !== "string" || !whole.startsWith(prefix)) return undefined;
      this.#values.set(name, whole);
    }
    // No prototype: a variable may be called __proto__.
    return Object.assign(Object.create(null), Object.fromEntries(this.#values));
  }
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
