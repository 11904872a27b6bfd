/** The HTTP headers the protocol gives a meaning, in the spelling it uses. */
export const HEADER = {
  /** The revision in use; since 2026-07-28 it must equal the one in `_meta`. */
  protocolVersion: "MCP-Protocol-Version",
  /** A legacy session, from 2025-03-26 to 2025-11-25. */
  sessionId: "Mcp-Session-Id",
  /** The body's method, since 2026-07-28. */
  method: "Mcp-Method",
  /** What the method is about: the field its row calls `nameParam`. */
  name: "Mcp-Name",
  /** The event after which a broken legacy stream goes on. */
  lastEventId: "Last-Event-ID",
} as const;

/** Starts the header of a tool argument that its input schema marks with {@link PARAM_HEADER_KEYWORD}. */
export const PARAM_HEADER_PREFIX = "Mcp-Param-";

/** The keyword by which a property of a tool's input schema asks for a header of its own. */
export const PARAM_HEADER_KEYWORD = "x-mcp-header";
