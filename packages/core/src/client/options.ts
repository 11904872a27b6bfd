import type { EraChoice } from "../era/client-choose.ts";
import type { WaitOptions } from "../kernel/pending.ts";
import type { Implementation, LoggingMessageNotificationParams } from "../protocol/index.ts";
import type { ClientExtension } from "./extension.ts";
import type { ClientHandlers } from "./handlers.ts";

/** A server that went down and is up again. */
export interface Restart {
  /** Why the connection before ended. */
  readonly reason: Error;
  /** How many starts it took since the last that held. */
  readonly attempt: number;
}

/** How a client presents itself, what it does for servers and how it treats them. */
export interface ConnectOptions extends ClientHandlers {
  /** The host's name and version, as servers see it. */
  readonly clientInfo: Implementation;
  /**
   * Which way of opening to use. `auto`, the default, asks `server/discover` and falls back to
   * `initialize`; `legacy` only initializes; `modern` asks nothing at all.
   */
  readonly era?: EraChoice["era"];
  /** The only revision to accept. Default: the newest both sides speak. */
  readonly revision?: EraChoice["revision"];
  /** What {@link Client.remembered} said of this server before; spares a legacy server the probe. */
  readonly remembered?: EraChoice["remembered"];
  /** Extensions of the protocol. One that is only to be declared is `{ id, settings }`. */
  readonly extensions?: readonly ClientExtension[];
  /** Gets the server's log messages. */
  readonly onLog?: (message: LoggingMessageNotificationParams) => void;
  /** Hears of each restart. Only servers given as a function are restarted. */
  readonly onRestart?: (restart: Restart) => void;
  /** Milliseconds a request may take, progress starts them anew. Default 60,000. */
  readonly timeoutMs?: number;
  /** Milliseconds a request may take in all; given, progress is asked for on every request. Default ten times `timeoutMs`. */
  readonly maxTotalTimeoutMs?: number;
  /** Names the authorization context of requests made now: cached results marked private stay within it. */
  readonly cachePartition?: () => string;
  /** Gives up connecting. */
  readonly signal?: AbortSignal;
}

/** How one request is made. */
export interface RequestOptions extends WaitOptions {
  /** `reload` asks the server even when a cached result is still fresh. */
  readonly cache?: "reload" | undefined;
  /** `as-sent` gives back a result of an extension's kind as it came, for who wants to go on with it themselves. */
  readonly results?: "as-sent" | undefined;
}
