import { isObject } from "../../jsonrpc/message.ts";
import { checkFor, InputRequiredResult } from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import { describeIssues } from "../../schema/validate.ts";
import { type AnswerInput, type Exchange, InvalidResponse } from "../client-era.ts";

/** How often one call may be answered with questions before the client gives it up. */
const MOST_ROUNDS = 32;

/**
 * Sends a request, answers what the server asks, and sends it again with the answers, until it is done
 * (2026-07-28 basic/patterns/mrtr).
 * @throws {InvalidResponse} when the server asks where it may not, without end, or in a way nobody knows
 */
export async function exchange(exchange: Exchange): Promise<JsonObject> {
  const { method, params } = exchange;
  // The answers and the state MUST NOT leak into any other request: they live in this call only.
  let retry: JsonObject = {};
  for (let round = 0; round <= MOST_ROUNDS; round++) {
    const result = await exchange.send({ ...params, ...retry });
    // basic/index: an absent resultType MUST be taken for "complete", an unknown one for invalid.
    const type = result.resultType ?? "complete";
    if (type === "complete" || exchange.otherResults.includes(type)) return result;
    if (type !== "input_required" || !exchange.mayAskForInput) {
      throw new InvalidResponse(
        `The server answered ${method} with a result of type ${JSON.stringify(type)}, which it may not have.`,
      );
    }
    retry = await answered(result, exchange);
  }
  throw new InvalidResponse(
    `The server answered ${method} with questions ${MOST_ROUNDS} times and came to no result.`,
  );
}

async function answered(result: JsonObject, exchange: Exchange): Promise<JsonObject> {
  const { revision, method, answer, signal } = exchange;
  const issues = checkFor(InputRequiredResult, revision)(result);
  if (issues) {
    throw new InvalidResponse(
      `The server answered ${method} with questions that are invalid: ${describeIssues(issues)}.`,
    );
  }
  const { inputRequests, requestState } = result;
  if (inputRequests === undefined && requestState === undefined) {
    throw new InvalidResponse(
      `The server answered ${method} with input_required, but neither asks anything nor gives a state.`,
    );
  }
  return {
    ...(isObject(inputRequests) && {
      inputResponses: await answerAll(inputRequests, answer, signal),
    }),
    // Echoed byte for byte, never read, never made up.
    ...(requestState !== undefined && { requestState }),
  };
}

/** Gathers every answer before the retry. One after the other: often it is one person who gives them. */
async function answerAll(
  requests: JsonObject,
  answer: AnswerInput,
  signal: AbortSignal,
): Promise<JsonObject> {
  const responses: [string, JsonObject][] = [];
  for (const [key, request] of Object.entries(requests)) {
    signal.throwIfAborted();
    const { method, params } = request as { method: string; params?: JsonObject };
    responses.push([key, await answer(method, params ?? {}, signal)]);
  }
  return Object.fromEntries(responses);
}
