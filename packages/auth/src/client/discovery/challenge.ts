/** One challenge of a `WWW-Authenticate` header. */
export interface Challenge {
  /** In lower case: `bearer`, `dpop`. */
  readonly scheme: string;
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

const LONGEST = 16_384;
const SEPARATOR = /[\s,]*/y;
const TOKEN = /[!#$%&'*+.^_`|~\w-]+/y;
const TOKEN68 = / +[\w.~+/-]+=*(?=\s*(?:,|$))/y;
const VALUE = /\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+.^_`|~\w-]+))/y;

/**
 * Reads the challenges of a `WWW-Authenticate` header (RFC 9110 section 11.6.1), several in one line included.
 * What cannot be read ends the list: a header of a stranger is no reason to fail.
 */
export function parseChallenges(header: string | null | undefined): Challenge[] {
  const found: { scheme: string; parameters: Map<string, string> }[] = [];
  if (!header || header.length > LONGEST) return found;
  let at = 0;
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const match = pattern.exec(header);
    if (match) at = pattern.lastIndex;
    return match;
  };
  for (;;) {
    take(SEPARATOR);
    const name = take(TOKEN)?.[0].toLowerCase();
    if (name === undefined) return found;
    const value = take(VALUE);
    if (!value) {
      found.push({ scheme: name, parameters: new Map() });
      take(TOKEN68);
      continue;
    }
    const text = value[1]?.replace(/\\(.)/g, "$1") ?? value[2] ?? "";
    const { parameters } = found.at(-1) ?? {};
    // RFC 9110 section 11.2: a name occurs once; the first one said it.
    if (parameters && !parameters.has(name)) parameters.set(name, text);
  }
}

/** What an MCP server says with a 401 or 403, over all its challenges for OAuth tokens. */
export interface Demand {
  readonly resourceMetadata: string | undefined;
  /** The scopes it names; undefined when it names none. */
  readonly scopes: readonly string[] | undefined;
  readonly error: string | undefined;
  /** Whether it takes tokens bound to a key. */
  readonly dpop: boolean;
}

/** Sums up the challenges that tokens can answer. */
export function demandOf(headers: Headers): Demand {
  const challenges = parseChallenges(headers.get("www-authenticate")).filter(
    ({ scheme }) => scheme === "bearer" || scheme === "dpop",
  );
  const say = (name: string) =>
    challenges.map(({ parameters }) => parameters.get(name)).find((value) => value !== undefined);
  const scopes = say("scope")?.split(" ").filter(Boolean);
  return {
    resourceMetadata: say("resource_metadata"),
    scopes: scopes?.length ? scopes : undefined,
    error: say("error"),
    dpop: challenges.some(({ scheme }) => scheme === "dpop"),
  };
}
