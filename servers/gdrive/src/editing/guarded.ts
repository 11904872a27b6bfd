import { GoogleError } from "../google/error.ts";

/** A document or presentation that is changed only in the state it was read in. */
export interface Guarded<State, Done> {
  /** Reads it; a state without a revision is one this account may not change. */
  read(): Promise<State & { readonly revisionId?: string | null }>;
  /** Its revision as it is now. */
  revision(): Promise<string | null | undefined>;
  /** Makes a change that Google refuses in any other revision. */
  write(state: State, revision: string): Promise<Done>;
}

/** How often to begin again because others write at the same time. */
const ATTEMPTS = 4;

/**
 * Reads, and makes the change that follows from what was read, so that nobody's work is lost. Where somebody else was
 * faster it begins again, unless the caller named the revision.
 * @throws {GoogleError} when it is not in the revision the caller named, others are always faster, or Google refuses
 */
export async function guarded<State, Done>(
  { read, revision, write }: Guarded<State, Done>,
  named?: string,
): Promise<Done> {
  for (let attempt = 1; ; attempt++) {
    const state = await read();
    const { revisionId } = state;
    if (!revisionId) {
      throw new GoogleError("This account may read it but not change it; ask its owner.");
    }
    if (named !== undefined && revisionId !== named) throw changed();
    try {
      return await write(state, revisionId);
    } catch (error) {
      // Google's words for a wrong revision are not documented, so the revision itself is asked for.
      const mayBeLate = error instanceof GoogleError && error.status === 400;
      if (!mayBeLate || (await revision()) === revisionId) throw error;
      if (named !== undefined || attempt === ATTEMPTS) throw changed();
    }
  }
}

function changed(): GoogleError {
  return new GoogleError(
    "It has changed since it was read, and nothing was done; read it again for the new indexes and revision.",
  );
}
