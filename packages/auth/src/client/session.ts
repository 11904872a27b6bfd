import type { JWK } from "jose";
import type { Demand } from "./discovery/challenge.ts";
import { findPlace, type Place, wantsDpop } from "./discovery/place.ts";
import { selectScopes } from "./discovery/scopes.ts";
import type { Grant, GrantPlace } from "./grants/grant.ts";
import { OAuthError } from "./oauth-error.ts";
import type { Send } from "./outbound/send.ts";
import { exclusively } from "./store/exclusive.ts";
import { type Granted, keepGranted, recallGranted } from "./store/granted.ts";
import { recall, type SecretStore } from "./store/secret-store.ts";
import { DpopKey } from "./tokens/dpop.ts";
import { refreshTokens } from "./tokens/refresh.ts";

/** What a session is made of. */
export interface SessionOptions {
  readonly server: URL;
  readonly grant: Grant;
  readonly store: SecretStore;
  readonly send: Send;
}

/** Authorizations within a minute: a server must not make a user see page after page. */
const MOST_PER_MINUTE = 3;

/** The tokens of one client for one MCP server: come by, kept, renewed. */
export class Session {
  readonly #options: SessionOptions;
  readonly #keys = new Map<string, Promise<DpopKey>>();
  #authorizations: readonly number[] = [];
  #granted: Granted | undefined;
  #recalled = false;
  /** How often the tokens in use were given out; undefined for those of an earlier run. */
  #uses: { by: "grant" | "refresh"; count: number } | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** The tokens in use, as they are. */
  get granted(): Granted | undefined {
    return this.#granted;
  }

  /** The tokens to use now, renewed if they are about to expire; undefined when there are none. */
  async current(signal?: AbortSignal): Promise<Granted | undefined> {
    const granted = await this.#fresh(signal);
    if (this.#uses) this.#uses.count += 1;
    return granted;
  }

  async #fresh(signal?: AbortSignal): Promise<Granted | undefined> {
    if (this.#recalled && !isStale(this.#granted)) return this.#granted;
    return this.#alone(signal, async () => {
      const latest = await this.#recall();
      return latest && isStale(latest) ? this.#renew(latest, signal) : latest;
    });
  }

  /**
   * Comes by tokens that satisfy a demand, when those in use do not.
   * @param suffices whether tokens that somebody else came by in the meantime will do
   */
  async satisfy(
    demand: Demand,
    suffices: (granted: Granted) => boolean,
    signal?: AbortSignal,
  ): Promise<void> {
    await this.#alone(signal, async () => {
      const latest = await this.#recall();
      if (latest && suffices(latest)) return;
      const { server, grant, send } = this.#options;
      const preferred = [grant.issuer, latest?.server.issuer];
      const place = await findPlace(server, demand, preferred, send, signal);
      // What another authorization server granted is of no use to this one, nor meant for it.
      const before = latest?.server.issuer === place.server.issuer ? latest : undefined;
      if (before && !asksForMore(demand, before)) {
        if (this.#mayRefresh() && (await this.#refresh(before, signal))) return;
      }
      await this.#obtain(place, demand, before?.requested ?? [], signal);
    });
  }

  /** The key that the tokens of an authorization server are bound to. */
  dpopKey(issuer: string): Promise<DpopKey> {
    const key = this.#keys.get(issuer) ?? recallKey(this.#options.store, issuer);
    this.#keys.set(issuer, key);
    key.catch(() => this.#keys.delete(issuer));
    return key;
  }

  /**
   * Whether a refusal can mean that tokens are too old.
   * @throws {OAuthError} when they were granted only now: authorizing again would change nothing
   */
  #mayRefresh(): boolean {
    const { by, count } = this.#uses ?? { count: 0 };
    // Given out more than once, they were taken before.
    if (by === undefined || count > 1) return true;
    if (by === "refresh") return false;
    throw new OAuthError(
      `The MCP server at ${this.#options.server.origin} refuses the token it was just given; tell its operator.`,
    );
  }

  #alone<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    return exclusively(this.#options.store, `server ${this.#options.server.href}`, signal, work);
  }

  /** Takes up what the store has: another process may have renewed it. */
  async #recall(): Promise<Granted | undefined> {
    const latest = await recallGranted(this.#options.store, this.#options.server);
    if (latest?.accessToken !== this.#granted?.accessToken) this.#uses = undefined;
    this.#granted = latest;
    this.#recalled = true;
    return latest;
  }

  async #renew(granted: Granted, signal?: AbortSignal): Promise<Granted> {
    const { server, resource, requested, tokenType } = granted;
    try {
      if (!this.#options.grant.refreshable) {
        return await this.#ask({ server, resource }, requested, tokenType === "DPoP", signal);
      }
      return (await this.#refresh(granted, signal)) ?? granted;
    } catch (error) {
      if (!isPassing(error)) throw error;
      // Not renewed, the token may still do; whether it does is for the MCP server to say.
      return granted;
    }
  }

  async #refresh(granted: Granted, signal?: AbortSignal): Promise<Granted | undefined> {
    const { store, grant } = this.#options;
    const { issuer } = granted.server;
    const name = `issuer ${issuer}`;
    const refresh = async () => {
      // Whoever shares the store may have been first, and a refresh token is used up once: some servers take a second use
      // for theft, and revoke all that came of it (RFC 9700, section 4.14.2).
      const earlier = await this.#renewedMeanwhile(granted);
      if (earlier) return earlier;
      const dpop = granted.tokenType === "DPoP" ? await this.dpopKey(issuer) : undefined;
      const place = this.#placeOf(granted.server);
      const renewed = await refreshTokens(granted, grant, place, dpop, signal);
      if (renewed) return this.#keep(renewed, "refresh");
      // Not every store can hold others off meanwhile.
      const latest = await this.#renewedMeanwhile(granted);
      if (latest) return latest;
      await keepGranted(store, this.#options.server, { ...granted, refreshToken: undefined });
      await this.#recall();
      return undefined;
    };
    return exclusively(store, name, signal, () => store.exclusively?.(name, refresh) ?? refresh());
  }

  async #renewedMeanwhile({ accessToken }: Granted): Promise<Granted | undefined> {
    const latest = await this.#recall();
    return latest?.accessToken === accessToken ? undefined : latest;
  }

  async #obtain(
    place: Place,
    demand: Demand,
    requested: readonly string[],
    signal?: AbortSignal,
  ): Promise<void> {
    this.#countAuthorization();
    const scopes = selectScopes({
      challenged: demand.scopes,
      requested,
      resource: place.metadata,
      server: place.server,
      refreshable: this.#options.grant.refreshable,
    });
    await this.#ask(place, scopes, wantsDpop(place, demand), signal);
  }

  async #ask(
    { server, resource }: Pick<Place, "server" | "resource">,
    requested: readonly string[],
    bind: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Granted> {
    const { store, grant } = this.#options;
    return exclusively(store, `issuer ${server.issuer}`, signal, async () => {
      const dpop = bind ? await this.dpopKey(server.issuer) : undefined;
      const task = { ...this.#placeOf(server), resource, scopes: requested, dpop, signal };
      const granted = { ...(await grant.obtain(task)), server, resource, requested };
      return this.#keep(granted, "grant");
    });
  }

  async #keep(granted: Granted, by: "grant" | "refresh"): Promise<Granted> {
    await keepGranted(this.#options.store, this.#options.server, granted);
    this.#granted = granted;
    this.#uses = { by, count: 0 };
    return granted;
  }

  #placeOf(server: Granted["server"]): GrantPlace {
    return { server, send: this.#options.send, store: this.#options.store };
  }

  #countAuthorization(): void {
    const now = Date.now();
    const recent = this.#authorizations.filter((time) => now - time < 60_000);
    this.#authorizations = [...recent, now];
    if (recent.length < MOST_PER_MINUTE) return;
    throw new OAuthError(
      `The MCP server at ${this.#options.server.origin} keeps asking for authorization; wait a minute, or tell its operator.`,
    );
  }
}

/** Whether new scopes are wanted, which no refresh can bring. */
function asksForMore({ scopes, error }: Demand, { requested }: Granted): boolean {
  const more = scopes?.some((scope) => !requested.includes(scope)) ?? false;
  return more || error === "insufficient_scope";
}

/** Whether an authorization server could not answer now, but may later. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof OAuthError)) return false;
  return [undefined, "server_error", "temporarily_unavailable"].includes(error.code);
}

function isStale(granted: Granted | undefined): boolean {
  return granted?.renewAt !== undefined && Date.now() >= granted.renewAt;
}

/** The key kept for an issuer, or a new one: refresh tokens of the last run may be bound to it. */
async function recallKey(store: SecretStore, issuer: string): Promise<DpopKey> {
  const name = JSON.stringify(["dpop-key", issuer]);
  const kept = await recall<JWK>(store, name);
  if (kept) return DpopKey.from(kept);
  const key = await DpopKey.generate();
  await store.set(name, JSON.stringify(key.jwk));
  return key;
}
