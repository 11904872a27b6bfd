/**
 * Names or URIs: each one whole, or a beginning followed by `*`. In URIs `{principal}` stands for the caller's id
 * and `{claims.tenant}` for a claim of the caller, both percent-encoded.
 */
export type Patterns = readonly string[];

/** The callers a rule is for: those that are all of what is named. */
export interface Callers {
  /** Ids of principals. */
  readonly ids?: Patterns;
  /** Scopes, all of which the caller must have. */
  readonly scopes?: readonly string[];
  /** Claims of the principal that must be exactly these. */
  readonly claims?: Readonly<Record<string, string>>;
}

/**
 * What callers may list and call. Where there is any rule of this kind, a tool, a prompt or a method of the
 * server's own that no rule grants does not exist for the caller.
 */
export interface CapabilityRule {
  readonly kind: "capability";
  /** Default: everyone, known or not. */
  readonly to?: Callers;
  readonly tools?: Patterns;
  readonly prompts?: Patterns;
  /** Methods the protocol does not have. */
  readonly methods?: Patterns;
}

/**
 * Which resources callers may list, read, complete and subscribe to. Where there is any rule of this kind, a URI
 * that no rule grants does not exist for the caller.
 */
export interface ResourceRule {
  readonly kind: "resource";
  /** Default: everyone, known or not. */
  readonly to?: Callers;
  readonly uris: Patterns;
}

/**
 * Scopes a caller needs for what is named here. It stays listed without them, so that a client can ask its user
 * for more. A URI can be spelt in many ways: what must never be reached is better left out of resource rules.
 */
export interface ScopeRule {
  readonly kind: "scope";
  readonly scopes: readonly string[];
  readonly tools?: Patterns;
  readonly prompts?: Patterns;
  readonly uris?: Patterns;
  /** Any methods, the protocol's included. */
  readonly methods?: Patterns;
}

/** A scope that includes others (basic/authorization: servers MUST account for scope hierarchies). */
export interface ImplicationRule {
  readonly kind: "implication";
  readonly scope: string;
  readonly implies: readonly string[];
}

/** One thing that is allowed, or demanded; plain data, as a configuration file may hold it. */
export type AccessRule = CapabilityRule | ResourceRule | ScopeRule | ImplicationRule;

/** The rules by kind. */
export interface Rulebook {
  readonly capability: readonly CapabilityRule[];
  readonly resource: readonly ResourceRule[];
  readonly scope: readonly ScopeRule[];
  readonly implication: readonly ImplicationRule[];
}

const PLACEHOLDER = /\{[^}]*\}/g;
const KNOWN_PLACEHOLDER = /^\{(principal|claims\.[^{}]+)\}$/;
const FIELDS = ["tools", "prompts", "methods", "uris", "scopes"] as const;

/**
 * Sorts and checks rules.
 * @throws {TypeError} when one could not mean what it says, with what to change
 */
export function rulebook(rules: readonly AccessRule[]): Rulebook {
  const book = { capability: [], resource: [], scope: [], implication: [] };
  for (const rule of rules) {
    const shelf: AccessRule[] | undefined = Object.hasOwn(book, rule.kind)
      ? book[rule.kind]
      : undefined;
    if (!shelf) throw new TypeError(`There is no access rule of the kind ${String(rule.kind)}.`);
    checkRule(rule);
    shelf.push(rule);
  }
  return book;
}

function checkRule(rule: AccessRule): void {
  const fields: Partial<Record<string, unknown>> = { ...rule };
  for (const field of FIELDS) checkList(fields[field], field);
  if (rule.kind === "scope" && rule.scopes.length === 0) {
    throw new TypeError("A scope rule without scopes demands nothing; name at least one.");
  }
  if (rule.kind === "implication") checkList(rule.implies, "implies");
  if (rule.kind === "resource" && !rule.uris) throw new TypeError("A resource rule needs uris.");
  const to = rule.kind === "capability" || rule.kind === "resource" ? rule.to : undefined;
  for (const pattern of to?.ids ?? []) checkStar(pattern);
  if (rule.kind === "capability" || rule.kind === "scope") {
    const { tools = [], prompts = [], methods = [] } = rule;
    for (const pattern of [...tools, ...prompts, ...methods]) checkStar(pattern);
  }
  if (rule.kind === "resource" || rule.kind === "scope") rule.uris?.forEach(checkUri);
}

function checkList(value: unknown, field: string): void {
  if (value === undefined) return;
  if (Array.isArray(value) && value.every((one) => typeof one === "string" && one !== "")) return;
  throw new TypeError(`${field} of an access rule must be an array of strings.`);
}

function checkStar(pattern: string): void {
  const star = pattern.indexOf("*");
  if (star < 0 || star === pattern.length - 1) return;
  throw new TypeError(`The pattern ${pattern} has a * before its end; only the last one counts.`);
}

function checkUri(pattern: string): void {
  checkStar(pattern);
  for (const { 0: found, index } of pattern.matchAll(PLACEHOLDER)) {
    if (!KNOWN_PLACEHOLDER.test(found)) {
      throw new TypeError(`The pattern ${pattern} has ${found}; use {principal} or {claims.name}.`);
    }
    // Otherwise what is granted to "ann" would be granted to "anna" as well.
    const after = pattern[index + found.length];
    if (after !== undefined && !"/?#".includes(after)) {
      throw new TypeError(`In the pattern ${pattern} a / must follow ${found}, or nothing at all.`);
    }
  }
}
