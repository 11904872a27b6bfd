import type { GitHub, Repository } from "../api/github.ts";
import { isPublic } from "../api/visibility.ts";

/** A session, as far as the guard knows it: something that stands for it. */
export type Session = object;

interface Known {
  readonly places: Map<string, Repository>;
  /** Text came from anywhere, as a search finds it. */
  everywhere: boolean;
}

/**
 * Remembers for each session which repositories it read from. Once that was a public one, where anybody may write
 * instructions, and a private one, what is written where everybody can read it goes past the user first.
 */
export class FlowGuard {
  readonly #sessions = new WeakMap<Session, Known>();

  /**
   * Text reached the model in `session`.
   * @param places where it comes from; undefined for anywhere
   */
  read(session: Session, places: readonly Repository[] | undefined): void {
    const known = this.#sessions.get(session) ?? { places: new Map(), everywhere: false };
    this.#sessions.set(session, known);
    if (places === undefined) known.everywhere = true;
    for (const place of places ?? []) known.places.set(nameOf(place), place);
  }

  /**
   * Why the user should see a write to `target` first; nothing when there is no reason to.
   * @param target undefined for what belongs to no repository and everybody can read, as a gist
   */
  async objection(
    session: Session,
    github: GitHub,
    target: Repository | undefined,
  ): Promise<string | undefined> {
    const known = this.#sessions.get(session);
    if (!known) return undefined;
    const { places, everywhere } = known;
    const others = [...places.values()].filter(
      (place) => target === undefined || nameOf(place) !== nameOf(target),
    );
    if (others.length === 0 && !everywhere) return undefined;
    if (target !== undefined && !(await isPublic(github, target))) return undefined;
    const visible = await Promise.all(others.map((place) => isPublic(github, place)));
    const secret = others.find((_, index) => !visible[index]);
    const isTainted = everywhere || visible.includes(true) || places.size > others.length;
    if (secret === undefined || !isTainted) return undefined;
    const where = target === undefined ? "Everybody" : `${nameOf(target)} is public: everybody`;
    return `${where} can read what is written there, and this session has read the private ${nameOf(secret)} as well as text that anybody may have written.`;
  }
}

const nameOf = ({ owner, repo }: Repository) => `${owner}/${repo}`.toLowerCase();
