import type { Notice } from "../../kernel/call.ts";
import type { ServerDefinition } from "../../server/definition.ts";

/** Most visits one client may be told the end of; the oldest are forgotten first. */
const MOST_VISITS = 1_000;

/** The pages a client was sent to, so that it alone is told when its user is done there. */
export class AnnouncedVisits {
  readonly #ids = new Set<string>();
  readonly #silence: () => void;

  /** @param announce sends one notification to the client */
  constructor({ changes }: ServerDefinition, announce: (notice: Notice) => void) {
    this.#silence = changes.listen((announcement) => {
      if (announcement.kind !== "elicitation" || !this.#ids.delete(announcement.id)) return;
      // 2025-11-25 client/elicitation: MUST only go to the client that was sent there.
      const params = { elicitationId: announcement.id };
      announce({ method: "notifications/elicitation/complete", params });
    });
  }

  /** The client is being sent to a page. */
  add(id: string): void {
    this.#ids.add(id);
    const [oldest] = this.#ids;
    if (this.#ids.size > MOST_VISITS && oldest !== undefined) this.#ids.delete(oldest);
  }

  close(): void {
    this.#silence();
  }
}
