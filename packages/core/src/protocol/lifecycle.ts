import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { cacheFields } from "./caching.ts";
import { ClientCapabilities, ServerCapabilities } from "./capabilities.ts";
import { type Definition, define } from "./define.ts";
import { Implementation } from "./implementation.ts";
import { since, until } from "./marks.ts";
import {
  NotificationParams,
  RequestParams,
  Result,
  requestFields,
  resultFields,
} from "./message.ts";
import { defineMethods, notification, request } from "./rows.ts";

const initializeRequestParams = define("InitializeRequestParams", () =>
  until(
    "2025-11-25",
    s.object({
      ...requestFields,
      protocolVersion: s.string(),
      capabilities: ClientCapabilities,
      clientInfo: Implementation,
    }),
  ),
);
/** Opens a legacy connection: the newest revision the client speaks, and what it can do. */
export interface InitializeRequestParams extends Output<typeof initializeRequestParams> {}
export const InitializeRequestParams: Definition<InitializeRequestParams> = initializeRequestParams;

const initializeResult = define("InitializeResult", () =>
  until(
    "2025-11-25",
    s.object({
      ...resultFields,
      protocolVersion: s.string(),
      capabilities: ServerCapabilities,
      serverInfo: Implementation,
      instructions: s.optional(s.string()),
    }),
  ),
);
/** The revision the connection will use, and what the server offers. */
export interface InitializeResult extends Output<typeof initializeResult> {}
export const InitializeResult: Definition<InitializeResult> = initializeResult;

const discoverResult = define("DiscoverResult", () =>
  since(
    "2026-07-28",
    s.object({
      ...resultFields,
      ...cacheFields,
      supportedVersions: s.array(s.string()),
      capabilities: ServerCapabilities,
      instructions: s.optional(s.string()),
    }),
  ),
);
/** The revisions a server speaks and what it offers. */
export interface DiscoverResult extends Output<typeof discoverResult> {}
export const DiscoverResult: Definition<DiscoverResult> = discoverResult;

/** Meeting: the legacy handshake, and the question that replaces it. */
export const lifecycleMethods = defineMethods(
  request("initialize", {
    since: "2024-11-05",
    until: "2025-11-25",
    from: "client",
    params: InitializeRequestParams,
    result: InitializeResult,
  }),
  notification("notifications/initialized", {
    since: "2024-11-05",
    until: "2025-11-25",
    from: "client",
    params: NotificationParams,
  }),
  request("ping", {
    since: "2024-11-05",
    until: "2025-11-25",
    from: "both",
    params: RequestParams,
    result: Result,
  }),
  request("server/discover", {
    since: "2026-07-28",
    from: "client",
    params: RequestParams,
    result: DiscoverResult,
    cacheableSince: "2026-07-28",
  }),
);
