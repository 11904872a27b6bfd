import type { Principal } from "../kernel/call.ts";
import { claimOf, covers, fillIn, mayCover, spellings } from "./authorise-patterns.ts";
import type { Callers, Patterns, Rulebook, ScopeRule } from "./authorise-rules.ts";
import type { Beginning } from "./authorise-template.ts";

/** What rules grant by name. */
export type Named = "tools" | "prompts" | "methods";

/** What one caller may know of and do. */
export class Access {
  readonly #book: Rulebook;
  readonly #principal: Principal | undefined;
  readonly #scopes: ReadonlySet<string>;
  /** What is granted of each kind; undefined where no rule restricts it. */
  readonly #granted: Readonly<Record<Named | "uris", Patterns | undefined>>;

  constructor(book: Rulebook, principal: Principal | undefined) {
    this.#book = book;
    this.#principal = principal;
    this.#scopes = withImplied(principal?.scopes ?? [], book);
    const named = (field: Named): Patterns | undefined => {
      if (book.capability.length === 0) return undefined;
      return this.#mine(book.capability).flatMap((rule) => rule[field] ?? []);
    };
    const uris = this.#mine(book.resource).flatMap((rule) => fillIn(rule.uris, principal));
    this.#granted = {
      tools: named("tools"),
      prompts: named("prompts"),
      methods: named("methods"),
      uris: book.resource.length === 0 ? undefined : uris,
    };
  }

  /** Whether a tool, prompt or method of the server's own exists for this caller. */
  sees(kind: Named, name: string): boolean {
    const granted = this.#granted[kind];
    return granted === undefined || covers(granted, name);
  }

  /** Whether a resource exists for this caller. */
  seesUri(uri: string): boolean {
    const granted = this.#granted.uris;
    const asksOfUris = granted !== undefined || this.#book.scope.some((rule) => rule.uris);
    // No rule about a beginning can hold for a URI that leads elsewhere than it begins.
    if (asksOfUris && spellings(uri) === undefined) return false;
    return granted === undefined || covers(granted, uri);
  }

  /** Whether some URI of a template may exist for this caller. */
  seesBeginning({ text, whole }: Beginning): boolean {
    if (whole) return this.seesUri(text);
    const granted = this.#granted.uris;
    return granted === undefined || mayCover(granted, text);
  }

  /** The scopes needed for the things named, when the caller lacks any of them; all, so that one step-up is enough. */
  missing(wanted: Wanted): readonly string[] | undefined {
    const rules = this.#book.scope.filter((rule) => this.#concerns(rule, wanted));
    const needed = [...new Set(rules.flatMap(({ scopes }) => scopes))];
    return needed.every((scope) => this.#scopes.has(scope)) ? undefined : needed;
  }

  #concerns(rule: ScopeRule, { method, tool, prompt, uris }: Wanted): boolean {
    if (covers(rule.methods, method)) return true;
    if (tool !== undefined && covers(rule.tools, tool)) return true;
    if (prompt !== undefined && covers(rule.prompts, prompt)) return true;
    if (!rule.uris) return false;
    const demanded = fillIn(rule.uris, this.#principal);
    return uris.some((uri) => (spellings(uri) ?? [uri]).some((one) => covers(demanded, one)));
  }

  #mine<R extends { readonly to?: Callers }>(rules: readonly R[]): R[] {
    return rules.filter(({ to }) => to === undefined || this.#isOneOf(to));
  }

  #isOneOf({ ids, scopes = [], claims = {} }: Callers): boolean {
    const principal = this.#principal;
    if (principal === undefined) return false;
    if (ids && !covers(ids, principal.id)) return false;
    if (!scopes.every((scope) => this.#scopes.has(scope))) return false;
    return Object.entries(claims).every(([name, value]) => claimOf(principal, name) === value);
  }
}

/** What a call is about, as far as rules speak of it. */
export interface Wanted {
  readonly method: string;
  readonly tool?: string | undefined;
  readonly prompt?: string | undefined;
  readonly uris: readonly string[];
}

function withImplied(granted: readonly string[], { implication }: Rulebook): Set<string> {
  const all = new Set(granted);
  // A set hands out what is added while it is walked, so chains are followed and circles end.
  for (const scope of all) {
    for (const rule of implication) {
      if (rule.scope === scope) for (const implied of rule.implies) all.add(implied);
    }
  }
  return all;
}
