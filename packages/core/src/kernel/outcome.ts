import type { RpcError } from "../jsonrpc/rpc-error.ts";
import type { InputRequest } from "../protocol/index.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import type { Answers } from "./answers.ts";

/** What a call came to. Each era puts it on the wire in its own way. */
export type Outcome = Complete | InputRequired | Failed;

/** The call is done; `result` is the method's result without the fields an era adds. */
export interface Complete {
  readonly kind: "complete";
  readonly result: JsonObject;
  /** True where `result` only says that the call goes on by itself: how it ends is seen by who observes its runs. */
  readonly goesOn?: true;
}

/** The handler asked the client something it has no answer to yet; it runs again with the answers. */
export interface InputRequired {
  readonly kind: "input_required";
  /** What to ask, by the handler's keys. Never empty. */
  readonly requests: ReadonlyMap<string, InputRequest>;
  /** What the next run must be given besides the new answers. */
  readonly answers: Answers;
}

/** The call failed with an error meant for the peer. */
export interface Failed {
  readonly kind: "error";
  readonly error: RpcError;
}

export const complete = (result: JsonObject): Complete => ({ kind: "complete", result });
export const failed = (error: RpcError): Failed => ({ kind: "error", error });
