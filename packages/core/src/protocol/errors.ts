import { JSON_RPC } from "../jsonrpc/rpc-error.ts";
import { s } from "../schema/build.ts";
import type { Output, Schema } from "../schema/standard.ts";
import { ClientCapabilities } from "./capabilities.ts";
import { ElicitRequestURLParams } from "./elicitation.ts";
import { open } from "./marks.ts";
import type { Revision } from "./revisions.ts";
import type { Span } from "./timeline.ts";

/** Every error code of the protocol, JSON-RPC's own included. */
export const MCP_ERROR = {
  ...JSON_RPC,
  /** The resource does not exist; until 2025-11-25, afterwards `invalidParams` says so. */
  resourceNotFound: -32002,
  /** The HTTP headers and the body disagree. */
  headerMismatch: -32020,
  /** The client did not declare a capability the request needs. */
  missingRequiredClientCapability: -32021,
  /** The server does not speak the revision asked for. */
  unsupportedProtocolVersion: -32022,
  /** The user has to visit a page first; 2025-11-25 only. */
  urlElicitationRequired: -32042,
} as const;

/** What the protocol says about one error code. */
export interface ErrorRow<Data = unknown> extends Span {
  /** The name the official schema gives it, if any. */
  readonly name?: string;
  readonly code: number;
  readonly since: Revision;
  readonly data?: Schema<Data>;
  /** The HTTP status an answer with it has. */
  readonly httpStatus?: number;
}

const missingRequiredClientCapability = s.object({ requiredCapabilities: ClientCapabilities });
/** The data of -32021: what the client would have to declare. */
export interface MissingRequiredClientCapabilityData
  extends Output<typeof missingRequiredClientCapability> {}

const unsupportedProtocolVersion = s.object({
  supported: s.array(s.string()),
  requested: s.string(),
});
/** The data of -32022: what the server speaks, and what it was asked for. */
export interface UnsupportedProtocolVersionData extends Output<typeof unsupportedProtocolVersion> {}

const urlElicitationRequired = open(s.object({ elicitations: s.array(ElicitRequestURLParams) }));
/** The data of -32042: the pages to visit. */
export interface URLElicitationRequiredData extends Output<typeof urlElicitationRequired> {}

/** A row for each error code. */
export const errors = {
  parseError: { name: "ParseError", code: MCP_ERROR.parseError, since: "2024-11-05" },
  invalidRequest: {
    name: "InvalidRequestError",
    code: MCP_ERROR.invalidRequest,
    since: "2024-11-05",
  },
  methodNotFound: {
    name: "MethodNotFoundError",
    code: MCP_ERROR.methodNotFound,
    since: "2024-11-05",
    httpStatus: 404,
  },
  invalidParams: { name: "InvalidParamsError", code: MCP_ERROR.invalidParams, since: "2024-11-05" },
  internalError: { name: "InternalError", code: MCP_ERROR.internalError, since: "2024-11-05" },
  resourceNotFound: { code: MCP_ERROR.resourceNotFound, since: "2024-11-05", until: "2025-11-25" },
  urlElicitationRequired: {
    name: "URLElicitationRequiredError",
    code: MCP_ERROR.urlElicitationRequired,
    since: "2025-11-25",
    until: "2025-11-25",
    data: urlElicitationRequired as Schema<URLElicitationRequiredData>,
  },
  headerMismatch: {
    name: "HeaderMismatchError",
    code: MCP_ERROR.headerMismatch,
    since: "2026-07-28",
    httpStatus: 400,
  },
  missingRequiredClientCapability: {
    name: "MissingRequiredClientCapabilityError",
    code: MCP_ERROR.missingRequiredClientCapability,
    since: "2026-07-28",
    data: missingRequiredClientCapability as Schema<MissingRequiredClientCapabilityData>,
    httpStatus: 400,
  },
  unsupportedProtocolVersion: {
    name: "UnsupportedProtocolVersionError",
    code: MCP_ERROR.unsupportedProtocolVersion,
    since: "2026-07-28",
    data: unsupportedProtocolVersion as Schema<UnsupportedProtocolVersionData>,
    httpStatus: 400,
  },
} as const satisfies Record<keyof typeof MCP_ERROR, ErrorRow>;
