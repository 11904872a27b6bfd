import { invalidParams } from "../jsonrpc/rpc-error.ts";
import type { Call } from "../kernel/call.ts";
import { checkFor, mayBeEmpty, type RequestRow } from "../protocol/index.ts";
import { describeIssues } from "../schema/issue.ts";
import type { JsonObject } from "../schema/json-schema.ts";

/**
 * Holds a call's params against the shape its method has in the revision in use.
 * @throws {RpcError} -32602 that says what is wrong with them
 */
export function checkParams(
  { params: shape }: Pick<RequestRow, "params">,
  { params, revision }: Pick<Call, "params" | "revision">,
): void {
  // A host lists what a server has before anything else: nothing given and nothing needed is worth no compiler.
  if (isEmpty(params) && mayBeEmpty(shape, revision)) return;
  const check = checkFor(shape, revision);
  const issues = check(params);
  if (!issues || !check(withoutNulls(params))) return;
  throw invalidParams(`Invalid params: ${describeIssues(issues)}`);
}

/**
 * No schema allows null here, but clients in languages with nil maps and optional strings write it for "none", and
 * it can mean nothing else. Every handler takes it so.
 */
const NULL_IS_ABSENT = ["arguments", "cursor"];

function withoutNulls(params: JsonObject): JsonObject {
  const given = Object.entries(params);
  return Object.fromEntries(
    given.filter(([name, value]) => value !== null || !NULL_IS_ABSENT.includes(name)),
  );
}

function isEmpty(params: object): boolean {
  for (const _ in params) return false;
  return true;
}
