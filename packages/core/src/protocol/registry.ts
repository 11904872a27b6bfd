import type { Output } from "../schema/standard.ts";
import { cancellationMethods } from "./cancellation.ts";
import { completionMethods } from "./completion.ts";
import { elicitationMethods } from "./elicitation.ts";
import { lifecycleMethods } from "./lifecycle.ts";
import { loggingMethods } from "./logging.ts";
import { progressMethods } from "./progress.ts";
import { promptMethods } from "./prompts.ts";
import { resourceMethods } from "./resources.ts";
import type { Revision } from "./revisions.ts";
import { rootsMethods } from "./roots.ts";
import type { MethodRow, Methods, NotificationRow, RequestRow, Sender } from "./rows.ts";
import { samplingMethods } from "./sampling.ts";
import { subscriptionMethods } from "./subscriptions.ts";
import { taskMethods } from "./tasks.ts";
import { at, within } from "./timeline.ts";
import { toolMethods } from "./tools.ts";

/** Every method of every revision. A definition that has more spreads its own rows beside these. */
export const METHODS = {
  ...lifecycleMethods,
  ...toolMethods,
  ...resourceMethods,
  ...promptMethods,
  ...completionMethods,
  ...loggingMethods,
  ...progressMethods,
  ...cancellationMethods,
  ...subscriptionMethods,
  ...samplingMethods,
  ...rootsMethods,
  ...elicitationMethods,
  ...taskMethods,
} as const satisfies Methods;

type Core = typeof METHODS;
type OfKind<M, Kind> = { [K in keyof M]: M[K] extends { kind: Kind } ? K : never }[keyof M];

/** The name of a request, by default one of the protocol's own. */
export type RequestMethod<M = Core> = OfKind<M, "request"> & string;

/** The name of a notification, by default one of the protocol's own. */
export type NotificationMethod<M = Core> = OfKind<M, "notification"> & string;

/** The params of a method. */
export type ParamsOf<Name extends keyof M, M = Core> = M[Name] extends { params: infer S }
  ? Output<S>
  : never;

/** The result of a request. */
export type ResultOf<Name extends RequestMethod<M>, M = Core> = M[Name] extends {
  result: infer S;
}
  ? Output<S>
  : never;

/** A row as one revision has it: nothing in it depends on the revision any more. */
export type RowInRevision = (RequestRow | NotificationRow) & { readonly from: Sender };

const membership = new WeakMap<Methods, Map<Revision, ReadonlyMap<string, RowInRevision>>>();

/** The rows that are messages of their own in `revision`, by method. Settled once for each registry. */
export function rowsIn(registry: Methods, revision: Revision): ReadonlyMap<string, RowInRevision> {
  const settled =
    membership.get(registry) ?? new Map<Revision, ReadonlyMap<string, RowInRevision>>();
  membership.set(registry, settled);
  const known = settled.get(revision);
  if (known) return known;
  const rows = new Map<string, RowInRevision>();
  for (const row of Object.values(registry)) {
    const inRevision = settle(row, revision);
    if (inRevision) rows.set(row.method, inRevision);
  }
  settled.set(revision, rows);
  return rows;
}

/** The row of `method`; undefined means that `revision` has no such message: method not found. */
export function rowFor(
  registry: Methods,
  method: string,
  revision: Revision,
): RowInRevision | undefined {
  return rowsIn(registry, revision).get(method);
}

function settle(row: MethodRow, revision: Revision): RowInRevision | undefined {
  if (!within(row, revision)) return undefined;
  if (row.kind === "request" && row.inputOnlySince && revision >= row.inputOnlySince) {
    return undefined;
  }
  const from = typeof row.from === "string" ? row.from : at(row.from, revision);
  if (from === undefined) return undefined;
  const gated = row.gatedSince === undefined || revision >= row.gatedSince;
  return { ...row, from, gate: gated ? row.gate : undefined };
}
