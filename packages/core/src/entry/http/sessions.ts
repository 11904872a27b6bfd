import type { HttpAnswer } from "../../transport/http/head.ts";
import { refusal } from "../../transport/http/refusals.ts";
import type { HttpLimits } from "./options.ts";

/** What is kept for one client between its requests. */
export interface Held {
  readonly id: string;
  readonly owner: string | undefined;
  idleSince(time: number): boolean;
  close(reason: Error): void;
}

/** The sessions of one server, within its limits. */
export class Sessions<S extends Held> {
  readonly #limits: HttpLimits;
  readonly #byId = new Map<string, S>();
  readonly #perOwner = new Map<string, number>();
  /** Those that were opened and not used since, the oldest first: the first to go when there are too many. */
  readonly #unused = new Set<S>();
  #sweep: ReturnType<typeof setInterval> | undefined;
  #sweptAt = 0;

  constructor(limits: HttpLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#byId.size;
  }

  get all(): S[] {
    return [...this.#byId.values()];
  }

  /** The refusal of one more session of `owner`; undefined when there is room. */
  refusal(owner: string | undefined): HttpAnswer | undefined {
    const { sessions, sessionsPerPrincipal, sessionIdleMs } = this.#limits;
    // A worker's timers end with the request that set them: whoever comes next does their work.
    if (Date.now() - this.#sweptAt > sessionIdleMs / 4) this.#removeIdle();
    if (owner !== undefined && (this.#perOwner.get(owner) ?? 0) >= sessionsPerPrincipal) {
      const message = `You have ${sessionsPerPrincipal} sessions open already; end one with DELETE first.`;
      return refusal(429, message, { "Retry-After": "60" });
    }
    if (this.#byId.size < sessions || this.#unused.size > 0) return undefined;
    const message = `${sessions} sessions are open already; try again later.`;
    return refusal(503, message, { "Retry-After": "60" });
  }

  /** Keeps a session until it is removed or idle for too long. */
  add(session: S): void {
    if (this.#byId.size >= this.#limits.sessions) this.#evict();
    this.#byId.set(session.id, session);
    this.#unused.add(session);
    this.#count(session.owner, 1);
    this.#sweep ??= this.#startSweep();
  }

  /** The session `id` of `owner`. One of somebody else is as unknown as one that never was. */
  find(id: string, owner: string | undefined): S | undefined {
    const session = this.#byId.get(id);
    // 2025-11-25 security best practices: sessions SHOULD be bound to their user.
    if (!session || session.owner !== owner) return undefined;
    this.#unused.delete(session);
    return session;
  }

  remove(session: S, reason: Error): void {
    if (!this.#byId.delete(session.id)) return;
    this.#unused.delete(session);
    this.#count(session.owner, -1);
    session.close(reason);
    if (this.#byId.size > 0) return;
    clearInterval(this.#sweep);
    this.#sweep = undefined;
  }

  /** Ends all of them. */
  close(reason: Error): void {
    for (const session of [...this.#byId.values()]) this.remove(session, reason);
  }

  /** A session that was opened and never used is the cheapest to lose: its client opens another. */
  #evict(): void {
    const [oldest] = this.#unused;
    if (oldest) this.remove(oldest, new Error("Others needed the room of this unused session."));
  }

  #startSweep(): ReturnType<typeof setInterval> {
    const { sessionIdleMs } = this.#limits;
    const timer = setInterval(() => this.#removeIdle(), sessionIdleMs / 4);
    (timer as { unref?: () => void }).unref?.();
    return timer;
  }

  #removeIdle(): void {
    this.#sweptAt = Date.now();
    const since = this.#sweptAt - this.#limits.sessionIdleMs;
    const idle = this.all.filter((session) => session.idleSince(since));
    for (const session of idle) this.remove(session, new Error("Nobody used the session."));
  }

  #count(owner: string | undefined, change: number): void {
    if (owner === undefined) return;
    const count = (this.#perOwner.get(owner) ?? 0) + change;
    if (count === 0) this.#perOwner.delete(owner);
    else this.#perOwner.set(owner, count);
  }
}
