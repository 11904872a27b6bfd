/** What tools do, as far as Google asks for a scope of its own: a service, and whether it is changed. */
export type Need =
  | "drive.read"
  | "drive.write"
  | "docs.read"
  | "docs.write"
  | "sheets.read"
  | "sheets.write"
  | "slides.read"
  | "slides.write";

const PREFIX = "https://www.googleapis.com/auth/";

/** By need the scopes that satisfy it, the narrowest first; `drive` and `drive.readonly` reach into all services. */
const SATISFIED_BY: Readonly<Record<Need, readonly string[]>> = {
  "drive.read": ["drive.readonly", "drive"],
  "drive.write": ["drive"],
  "docs.read": ["documents.readonly", "documents", "drive.readonly", "drive"],
  "docs.write": ["documents", "drive"],
  "sheets.read": ["spreadsheets.readonly", "spreadsheets", "drive.readonly", "drive"],
  "sheets.write": ["spreadsheets", "drive"],
  "slides.read": ["presentations.readonly", "presentations", "drive.readonly", "drive"],
  "slides.write": ["presentations", "drive"],
};

/** The broadest first: what it satisfies needs no scope of its own. */
const BREADTH: readonly Need[] = [
  "drive.write",
  "drive.read",
  "docs.write",
  "docs.read",
  "sheets.write",
  "sheets.read",
  "slides.write",
  "slides.read",
];

/** The fewest scopes that satisfy `needs`, as the addresses Google calls them by. */
export function scopesFor(needs: Iterable<Need>): readonly string[] {
  const wanted = new Set(needs);
  const scopes = new Set<string>();
  for (const need of BREADTH) {
    if (!wanted.has(need) || satisfies(scopes, need)) continue;
    scopes.add(PREFIX + SATISFIED_BY[need][0]);
  }
  return [...scopes];
}

/** Whether `granted` scopes allow what is needed. */
export function satisfies(granted: ReadonlySet<string>, need: Need): boolean {
  return SATISFIED_BY[need].some((scope) => granted.has(PREFIX + scope));
}

/** Scopes as an operator writes them: addresses, or only their ends as `drive.readonly`. */
export function parseScopes(written: readonly string[]): readonly string[] {
  return written.map((scope) => (scope.includes(":") ? scope : PREFIX + scope));
}
