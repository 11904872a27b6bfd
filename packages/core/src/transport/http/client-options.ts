import type { MessageLimits } from "../../jsonrpc/codec.ts";
import type { RequestSigner } from "./signer.ts";

/** What `fetch` is for this client: the part of the standard one it uses. */
export type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

/** How to talk to a server over HTTP. */
export interface HttpClientOptions {
  /** Makes the requests acceptable to a server that wants to know who calls. */
  readonly signer?: RequestSigner;
  /** Headers to send with every request, on top of the protocol's own. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Sends the requests. Default: the runtime's `fetch`. For a proxy give one with a dispatcher of its own (undici's
   * `EnvHttpProxyAgent`), or run Node with `NODE_USE_ENV_PROXY=1`.
   */
  readonly fetch?: Fetch;
  /** Hears of what the server does wrong and this client makes up for. Default: `console.warn`. */
  readonly onWarning?: (message: string) => void;
  /** Bounds on one incoming message, alone or as an event of a stream. Default `MESSAGE_LIMITS`. */
  readonly limits?: MessageLimits;
}
