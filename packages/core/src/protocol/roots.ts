import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { metaFields } from "./annotations.ts";
import { type Definition, define } from "./define.ts";
import { changed, until } from "./marks.ts";
import { NotificationParams } from "./message.ts";
import { RequestMetaObject, ResultMetaObject } from "./meta.ts";
import { MetaObject } from "./primitives.ts";
import { defineMethods, notification, request } from "./rows.ts";

const root = define("Root", () =>
  s.object({ ...metaFields, uri: s.string({ format: "uri" }), name: s.optional(s.string()) }),
);
/** A folder or file the client wants a server to work in. Its URI starts with `file://`. */
export interface Root extends Output<typeof root> {}
export const Root: Definition<Root> = root;

const listRootsResult = define("ListRootsResult", () =>
  s.object({ _meta: until("2025-11-25", ResultMetaObject), roots: s.array(Root) }),
);
/** The client's roots: what it suggests, not what it permits. */
export interface ListRootsResult extends Output<typeof listRootsResult> {}
export const ListRootsResult: Definition<ListRootsResult> = listRootsResult;

/** The params of `roots/list`. */
export const listRootsParams = s.object({
  _meta: s.optional(changed({ "2024-11-05": RequestMetaObject, "2026-07-28": MetaObject })),
});

/** Where the client wants servers to work. Deprecated in 2026-07-28, where it is only an input request. */
export const rootsMethods = defineMethods(
  request("roots/list", {
    since: "2024-11-05",
    inputOnlySince: "2026-07-28",
    from: "server",
    gate: { client: "roots" },
    params: listRootsParams,
    result: ListRootsResult,
  }),
  notification("notifications/roots/list_changed", {
    since: "2024-11-05",
    until: "2025-11-25",
    from: "client",
    gate: { client: "roots.listChanged" },
    params: NotificationParams,
  }),
);
