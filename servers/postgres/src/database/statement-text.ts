import type { Step } from "./batch.ts";
import { DatabaseError, type Parameter } from "./database.ts";

/** As many as the protocol can count. */
const MOST_PARAMETERS = 65_535;

/**
 * A statement as it goes to the server.
 * @throws {DatabaseError} when the protocol could not carry it unchanged
 */
export function toStep(sql: string, parameters: readonly Parameter[] = []): Step {
  if (parameters.length > MOST_PARAMETERS) {
    const message = `A statement takes at most ${MOST_PARAMETERS} parameters; pass an array instead.`;
    throw new DatabaseError("54023", message);
  }
  checkText(sql, "The statement");
  return { sql, values: parameters.map(toText) };
}

function toText(parameter: Parameter, index: number): string | null {
  if (parameter === null) return null;
  if (typeof parameter === "object") return toArrayText(parameter, index);
  const text = String(parameter);
  checkText(text, `Parameter $${index + 1}`);
  return text;
}

/** Every element is quoted: a bare word could be NULL, and a bare comma two elements. */
function toArrayText(elements: readonly Parameter[], index: number): string {
  const texts = elements.map((element) => {
    const text = toText(element, index);
    if (text === null) return "NULL";
    return typeof element === "object" ? text : `"${text.replace(/["\\]/g, "\\$&")}"`;
  });
  return `{${texts.join(",")}}`;
}

/** A NUL would end the text early in the message, and a lone surrogate would arrive as another character. */
function checkText(text: string, what: string): void {
  if (text.includes("\0")) {
    throw new DatabaseError(
      "22021",
      `${what} holds a NUL character, which PostgreSQL cannot store.`,
    );
  }
  if (!text.isWellFormed()) {
    throw new DatabaseError(
      "22021",
      `${what} holds half of a surrogate pair, which is no character.`,
    );
  }
}
