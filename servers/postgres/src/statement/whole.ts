import { DatabaseError } from "../database/database.ts";

/**
 * Runs a part of what the caller sent, and makes the places in its errors places in the whole.
 * @param ran what is sent to the server: `whole` without what surrounds it, or with something before it
 */
export async function inWhole<T>(whole: string, ran: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.position === undefined) throw error;
    const { code, message, position, detail, hint } = error;
    throw new DatabaseError(code, message, {
      position: position + offsetOf(whole, ran),
      detail,
      hint,
    });
  }
}

/** In characters, as PostgreSQL counts. */
function offsetOf(whole: string, ran: string): number {
  const at = whole.indexOf(ran);
  if (at >= 0) return lengthOf(whole.slice(0, at));
  return -lengthOf(ran.slice(0, Math.max(0, ran.lastIndexOf(whole))));
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}
