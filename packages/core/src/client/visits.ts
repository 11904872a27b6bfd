/** How many pages may be open at once; beyond it the oldest is no longer waited for. */
const MOST_VISITS = 1000;

/** The pages users were sent to, until the server says that they are done there. */
export class Visits {
  readonly #open = new Map<string, PromiseWithResolvers<void>>();

  /** Resolves when the server reports `elicitationId`; never without an id, which only 2025-11-25 has. */
  done(elicitationId: string | undefined): Promise<void> {
    if (elicitationId === undefined) return new Promise(() => {});
    const visit = this.#open.get(elicitationId) ?? Promise.withResolvers<void>();
    this.#open.set(elicitationId, visit);
    const [oldest] = this.#open.keys();
    if (this.#open.size > MOST_VISITS && oldest !== undefined) this.#open.delete(oldest);
    return visit.promise;
  }

  /** Takes `notifications/elicitation/complete`. Unknown ids MUST be ignored (2025-11-25 client/elicitation). */
  complete(elicitationId: unknown): void {
    const visit = this.#open.get(elicitationId as string);
    this.#open.delete(elicitationId as string);
    visit?.resolve();
  }
}
