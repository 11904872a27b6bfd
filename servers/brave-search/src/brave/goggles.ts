import { BraveError } from "./error.ts";

const MOST = 3;

/**
 * Judges rules for ranking: addresses of rules, which Brave fetches (we do not), and rules themselves.
 * @throws {BraveError} for an address that is not https, and for too many
 */
export function checkGoggles(given: string | readonly string[] | undefined): string[] | undefined {
  if (given === undefined) return undefined;
  const goggles = [given].flat().map((goggle) => goggle.trim());
  if (goggles.length > MOST)
    throw new BraveError(`Brave takes ${MOST} goggles at most; leave some out.`);
  for (const goggle of goggles) {
    const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(goggle)?.[1]?.toLowerCase();
    if (scheme !== undefined && (scheme !== "https" || !URL.canParse(goggle))) {
      throw new BraveError(
        "A goggle's address must begin with https://; or give its rules instead.",
      );
    }
  }
  return goggles.filter((goggle) => goggle !== "");
}
