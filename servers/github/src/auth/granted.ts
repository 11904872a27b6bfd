/** The scopes of the tokens in use, as GitHub's answers tell of them. */
export class Granted {
  /** Undefined for a token without scopes: of another kind than the classic one, its rights are not told. */
  readonly #scopes = new Map<string, ReadonlySet<string> | undefined>();
  readonly #changed: () => void;

  /** @param changed called when something was learnt that was not known before */
  constructor(changed: () => void = () => {}) {
    this.#changed = changed;
  }

  /** Takes the `X-OAuth-Scopes` header of an answer; a token of another kind has none. */
  learn(identity: string, header: string | null): void {
    if (header === null) {
      // Downloads and errors on the way have none either.
      if (!this.#scopes.has(identity)) this.#scopes.set(identity, undefined);
      return;
    }
    const scopes = withImplied(header.split(",").map((scope) => scope.trim()));
    const known = this.#scopes.get(identity);
    if (known?.size === scopes.size && [...scopes].every((one) => known.has(one))) return;
    this.#scopes.set(identity, scopes);
    this.#changed();
  }

  /** True when every identity that is known lacks all of `scopes`. */
  lacks(scopes: readonly string[]): boolean {
    if (scopes.length === 0 || this.#scopes.size === 0) return false;
    return [...this.#scopes.values()].every(
      (granted) => granted !== undefined && !scopes.some((scope) => granted.has(scope)),
    );
  }
}

/** What a scope includes without saying so. */
const IMPLIED: Readonly<Record<string, readonly string[]>> = {
  repo: ["public_repo", "security_events", "repo:status", "repo_deployment", "repo:invite"],
  "admin:org": ["write:org", "read:org"],
  "write:org": ["read:org"],
  user: ["read:user", "user:email", "user:follow"],
  project: ["read:project"],
};

function withImplied(scopes: readonly string[]): ReadonlySet<string> {
  return new Set(scopes.flatMap((scope) => [scope, ...(IMPLIED[scope] ?? [])]));
}
