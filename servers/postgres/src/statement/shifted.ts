import { DatabaseError } from "../database/database.ts";

/**
 * Runs a statement that is only a part of what the caller sent, or that has something before it, and makes the places
 * in its errors places in what the caller sent.
 * @param characters how much further on they are there
 */
export async function shifted<T>(characters: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.position === undefined) throw error;
    const { code, message, position, detail, hint } = error;
    throw new DatabaseError(code, message, { position: position + characters, detail, hint });
  }
}

/** Where `part` begins in `whole`, in characters as PostgreSQL counts them. */
export function offsetOf(part: string, whole: string): number {
  return Array.from(whole.slice(0, Math.max(0, whole.indexOf(part)))).length;
}
