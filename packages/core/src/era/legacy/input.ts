import { JSON_RPC, RpcError } from "../../jsonrpc/rpc-error.ts";
import { withResponses } from "../../kernel/answers.ts";
import type { Call } from "../../kernel/call.ts";
import { MissingClientCapability } from "../../kernel/capability.ts";
import type { Dispatch } from "../../kernel/compose.ts";
import type { LiveCall } from "../../kernel/live-call.ts";
import {
  type Complete,
  type Failed,
  failed,
  type InputRequired,
  type Outcome,
} from "../../kernel/outcome.ts";
import type { Send } from "../../kernel/pending.ts";
import type { InputRequest } from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import { projectQuestion } from "./question.ts";
import type { Session } from "./session.ts";

/** A handler that still asks after this many rounds is taken to be stuck. */
const MOST_ROUNDS = 100;
/** How long a person may take to answer, in milliseconds. */
const ANSWER_TIMEOUT_MS = 15 * 60_000;

/**
 * Runs `call`, whose handler asked something, to its end: the questions become requests to the client on the
 * call's own stream, after which the handler is entered again with the answers.
 */
export async function converse(
  asked: InputRequired,
  call: LiveCall,
  dispatch: Dispatch,
  session: Session,
  send: Send,
): Promise<Complete | Failed> {
  let outcome: Outcome = asked;
  for (let round = 0; outcome.kind === "input_required"; round++) {
    if (round === MOST_ROUNDS) {
      return failed(new RpcError(JSON_RPC.internalError, `${call.method} keeps asking for input.`));
    }
    const responses = await gather(outcome, call, session, send);
    if (responses instanceof RpcError) return failed(responses);
    call.answers = withResponses(outcome.answers, responses);
    outcome = await dispatch(call);
  }
  return outcome;
}

/** Asks everything at once. The first refusal takes the other questions back. */
async function gather(
  { requests }: InputRequired,
  call: Call,
  session: Session,
  send: Send,
): Promise<[string, JsonObject][] | RpcError> {
  const givenUp = new AbortController();
  const signal = AbortSignal.any([call.signal, givenUp.signal]);
  try {
    const wires = [...requests].map(([key, request]) => [key, wireOf(request, session)] as const);
    const answers = wires.map(async ([key, wire]): Promise<[string, JsonObject]> => {
      return [key, await askClient(wire, signal, session, send)];
    });
    return await Promise.all(answers);
  } catch (error) {
    givenUp.abort(new Error("Another question of the same call was not answered."));
    if (error instanceof MissingClientCapability) return error;
    if (error instanceof RpcError) return refused(error);
    return new RpcError(JSON_RPC.internalError, "The client did not answer.");
  }
}

type Wire = ReturnType<typeof projectQuestion>;

function wireOf(request: InputRequest, session: Session): Wire {
  const wire = projectQuestion(request, session.revision);
  const { elicitationId } = wire.params;
  if (typeof elicitationId === "string") session.visits.add(elicitationId);
  return wire;
}

function askClient(
  { method, params }: Wire,
  signal: AbortSignal,
  session: Session,
  send: Send,
): Promise<JsonObject> {
  const options = { signal, timeoutMs: ANSWER_TIMEOUT_MS };
  const ask = () => session.pending.request(send, method, params, options);
  return method === "roots/list" ? session.roots.get(ask) : ask();
}

function refused(error: RpcError): RpcError {
  return new RpcError(JSON_RPC.internalError, `The client refused to answer: ${error.message}`);
}
