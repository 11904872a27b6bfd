import type { Schema } from "../schema/standard.ts";
import type { ClientCapabilityPath, ServerCapabilityPath } from "./capabilities.ts";
import type { Revision } from "./revisions.ts";
import type { Span, Timeline } from "./timeline.ts";

/** One end of a connection. */
export type Side = "client" | "server";

/** Which end may send a message. */
export type Sender = Side | "both";

/**
 * What an end must have declared for a message to be allowed. For a request that is the end that
 * answers it, for a notification the one named.
 */
export interface Gate {
  readonly client?: ClientCapabilityPath;
  readonly server?: ServerCapabilityPath;
}

interface Common<M extends string, P> extends Span {
  readonly method: M;
  readonly since: Revision;
  /** Who may send it. */
  readonly from: Sender | Timeline<Sender>;
  readonly gate?: Gate;
  /** The first revision with a capability for it; earlier ones allow it without. */
  readonly gatedSince?: Revision;
  readonly params: Schema<P>;
}

/** A field of params that names what a request is about. */
export type NameParam = "name" | "uri" | "taskId";

/** Everything the protocol says about one request method. */
export interface RequestRow<M extends string = string, P = unknown, R = unknown>
  extends Common<M, P> {
  readonly kind: "request";
  readonly result: Schema<R>;
  /** Its handler may ask the client something before it answers. */
  readonly mayAskForInput?: true;
  /** From this revision on its result says how long it may be kept. */
  readonly cacheableSince?: Revision;
  /** Its result is one page of a list. */
  readonly paginated?: true;
  /** The field of its params that the Mcp-Name header repeats. */
  readonly nameParam?: NameParam;
  /** From this revision on it is never sent by itself, only inside an input-required result. */
  readonly inputOnlySince?: Revision;
}

/** Everything the protocol says about one notification method. */
export interface NotificationRow<M extends string = string, P = unknown> extends Common<M, P> {
  readonly kind: "notification";
}

/** Everything the protocol says about one method. */
export type MethodRow = RequestRow | NotificationRow;

/** Rows by method. */
export type Methods = { readonly [method: string]: MethodRow };

/** Describes a request method. */
export function request<M extends string, P, R>(
  method: M,
  row: Omit<RequestRow<M, P, R>, "kind" | "method">,
): RequestRow<M, P, R> {
  return { kind: "request", method, ...row };
}

/** Describes a notification method. */
export function notification<M extends string, P>(
  method: M,
  row: Omit<NotificationRow<M, P>, "kind" | "method">,
): NotificationRow<M, P> {
  return { kind: "notification", method, ...row };
}

/** Gathers rows under their methods; spread the result beside others to extend a registry. */
export function defineMethods<const Rows extends readonly MethodRow[]>(
  ...rows: Rows
): { readonly [Row in Rows[number] as Row["method"]]: Row } {
  const methods: Record<string, MethodRow> = {};
  for (const row of rows) methods[row.method] = row;
  return methods as { [Row in Rows[number] as Row["method"]]: Row };
}
