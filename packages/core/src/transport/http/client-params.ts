import { isObject, type JsonRpcRequest } from "../../jsonrpc/message.ts";
import {
  type ParamHeader,
  ParamHeaderError,
  paramHeaderFields,
  paramHeadersOf,
} from "../../protocol/index.ts";
import type { JsonObject, JsonSchemaObject, JsonValue } from "../../schema/json-schema.ts";

/** Most different warnings that are remembered so as not to be repeated. */
const MOST_WARNED = 1000;

/**
 * Knows which arguments of which tools go into headers, from the tools a server listed
 * (2026-07-28 basic/transports/streamable-http, custom headers: clients MUST support them).
 */
export class ParamMirror {
  readonly #headers = new Map<string, readonly ParamHeader[]>();
  readonly #warned = new Set<string>();
  readonly #warn: (message: string) => void;

  constructor(warn: (message: string) => void) {
    this.#warn = warn;
  }

  /**
   * The `Mcp-Param-*` headers of a request, encoded; none for a tool that was not listed.
   * @throws {RangeError} for an argument no header can repeat
   */
  fields({ method, params }: JsonRpcRequest): Record<string, string> {
    const headers = method === "tools/call" ? this.#headers.get(String(params?.name)) : undefined;
    const args = params?.arguments;
    return headers && isObject(args) ? paramHeaderFields(headers, args) : {};
  }

  /** Learns from the result of a request; gives it back without the tools a client MUST NOT list. */
  learn({ method, params }: JsonRpcRequest, result: JsonObject): JsonObject {
    if (method !== "tools/list" || !Array.isArray(result.tools)) return result;
    // The first page starts afresh.
    if (params?.cursor === undefined) this.#headers.clear();
    const tools = result.tools.filter((tool) => this.#admit(tool));
    return tools.length === result.tools.length ? result : { ...result, tools };
  }

  /** Takes a tool; false when its headers are invalid. What is no tool is left to the check of the result. */
  #admit(tool: JsonValue): boolean {
    if (!isObject(tool) || typeof tool.name !== "string" || !isObject(tool.inputSchema))
      return true;
    try {
      const headers = paramHeadersOf(tool.inputSchema as JsonSchemaObject);
      if (headers.length > 0) this.#headers.set(tool.name, headers);
      return true;
    } catch (error) {
      if (!(error instanceof ParamHeaderError)) throw error;
      this.#warnOnce(
        `The tool ${JSON.stringify(tool.name)} was left out of the list: ${error.message}`,
      );
      return false;
    }
  }

  #warnOnce(message: string): void {
    if (this.#warned.has(message) || this.#warned.size === MOST_WARNED) return;
    this.#warned.add(message);
    this.#warn(message);
  }
}
