import { JSON_RPC, RpcError } from "../../jsonrpc/rpc-error.ts";
import { answersToJson } from "../../kernel/answers.ts";
import { complete, type InputRequired, type Outcome } from "../../kernel/outcome.ts";
import { METHODS, project, type RequestRow, rowFor } from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import { errorResult } from "../../server/content.ts";
import { InvalidArguments } from "../../server/errors.ts";
import type { TaskRecord } from "./record.ts";

/** The task after one run of its handler. */
export function after(record: TaskRecord, outcome: Outcome): TaskRecord {
  const { statusMessage, heldUntil, ...rest } = record;
  if (outcome.kind === "complete") {
    return { ...rest, status: "completed", result: projected(record, outcome.result) };
  }
  if (outcome.kind === "error") return withError(rest, outcome.error);
  return waiting(rest, outcome);
}

/** A tool's refusal of its arguments, as the result of a call. @throws everything else */
export function refusedArguments(error: unknown): Outcome {
  // server/tools: input validation failures are results with isError, which the model can read.
  if (error instanceof InvalidArguments) {
    return complete(errorResult(error.message) as unknown as JsonObject);
  }
  throw error;
}

/** A task whose process is gone, or is about to. */
export function lost(record: TaskRecord): TaskRecord {
  const message = "The server stopped while it ran this task; call the tool again.";
  return withError(record, new RpcError(JSON_RPC.internalError, message));
}

function withError(record: TaskRecord, { code, message, data }: RpcError): TaskRecord {
  const error = { code, message, ...(data !== undefined && { data }) };
  return { ...record, status: "failed", statusMessage: message, questions: [], error };
}

/** Everything answered stays answered: a key MUST NOT be used for a second question in the life of a task. */
function waiting(record: TaskRecord, { requests, answers }: InputRequired): TaskRecord {
  const given = new Map([...record.answers.given, ...answers.given]);
  const open = [...requests].filter(([key]) => !given.has(key));
  if (open.length === 0) {
    const message = "The tool asked again what was answered already.";
    return withError(record, new RpcError(JSON_RPC.internalError, message));
  }
  return {
    ...record,
    status: "input_required",
    answers: answersToJson({ given, steps: answers.steps }),
    questions: open,
  };
}

function projected({ call }: TaskRecord, result: JsonObject): JsonObject {
  const row = rowFor(METHODS, call.method, call.revision) as RequestRow;
  return project(row.result, call.revision, result) as JsonObject;
}
