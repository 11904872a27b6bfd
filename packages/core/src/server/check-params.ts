import { invalidParams } from "../jsonrpc/rpc-error.ts";
import type { Call } from "../kernel/call.ts";
import { mayBeEmpty, type RequestRow, schemaFor } from "../protocol/index.ts";
import { compile } from "../schema/compile.ts";
import { describeIssues } from "../schema/issue.ts";

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
  const issues = compile(schemaFor(shape, revision))(params);
  if (issues) throw invalidParams(`Invalid params: ${describeIssues(issues)}`);
}

function isEmpty(params: object): boolean {
  for (const _ in params) return false;
  return true;
}
