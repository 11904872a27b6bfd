import { isObject, isRequestId } from "../../jsonrpc/message.ts";
import { invalidParams } from "../../jsonrpc/rpc-error.ts";
import type { LiveCall } from "../../kernel/live-call.ts";
import { progressReporter } from "../../kernel/progress.ts";
import { META } from "../../protocol/index.ts";
import type { ServerDefinition } from "../../server/definition.ts";
import type { Session } from "./session.ts";

/**
 * Fills `call` with what its session knows.
 * @throws {RpcError} -32602 for a progress token that is none
 */
export function decode(call: LiveCall, session: Session, definition: ServerDefinition): void {
  call.revision = session.revision;
  call.client = session.client;
  // server/utilities/logging: a server that logs MUST declare it.
  if (definition.capabilities.logging) {
    call.logLevel = session.logLevel;
    call.logLimit = session.logLimit;
  }
  const meta = call.params._meta;
  if (!isObject(meta)) return;
  const token = meta[META.progressToken];
  if (token === undefined) return;
  if (!isRequestId(token)) throw invalidParams("_meta.progressToken must be a string or integer.");
  call.progress = progressReporter(token, call.emit);
}
