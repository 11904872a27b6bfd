import type { JsonObject, JsonValue } from "../schema/json-schema.ts";

/**
 * What a handler already has when it is entered again: the client's answers by question key, and the
 * values of the steps it asked to do only `once`. Immutable; each run yields a new one.
 */
export interface Answers {
  readonly given: ReadonlyMap<string, JsonObject>;
  readonly steps: ReadonlyMap<string, JsonValue>;
}

export const NO_ANSWERS: Answers = { given: new Map(), steps: new Map() };

/** `answers` with the client's `responses` added; what was already answered stays as it was. */
export function withResponses(
  answers: Answers,
  responses: Iterable<readonly [string, JsonObject]>,
): Answers {
  return { given: new Map([...responses, ...answers.given]), steps: answers.steps };
}

/** A form that survives JSON, for a state that travels through the client. */
export interface AnswersJson {
  readonly given: [string, JsonObject][];
  readonly steps: [string, JsonValue][];
}

export function answersToJson(answers: Answers): AnswersJson {
  return { given: [...answers.given], steps: [...answers.steps] };
}

export function answersFromJson(json: AnswersJson): Answers {
  return { given: new Map(json.given), steps: new Map(json.steps) };
}
