import type { GitHub, Repository } from "../api/github.ts";

/**
 * Remembers for each session which repositories it read from. Once that was a public one, where anybody may write
 * instructions, and a private one, what is written where everybody can read it goes past the user first.
 */
export interface FlowGuard {
  /** Text of `places` reached the model in `session`. */
  read(session: object, places: readonly Repository[]): void;
  /**
   * Why the user should see a write to `target` first; nothing when there is no reason to.
   * @param target undefined for what belongs to no repository, as a gist
   */
  objection(
    session: object,
    github: GitHub,
    target: Repository | undefined,
  ): Promise<string | undefined>;
}
