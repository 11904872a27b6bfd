import { JSON_RPC, RpcError } from "../jsonrpc/rpc-error.ts";
import type {
  ClientCapabilities,
  CreateMessageRequestParams,
  CreateMessageResult,
  ElicitRequestFormParams,
  ElicitRequestURLParams,
  ElicitResult,
  Root,
} from "../protocol/index.ts";

/** What a handler may want to know besides the question. */
export interface AskContext {
  /** Aborts when the server takes its question back, or the connection ends. */
  readonly signal: AbortSignal;
}

/** The same for a page to visit. */
export interface VisitContext extends AskContext {
  /** Resolves when the server says that the user is done there; only 2025-11-25 can say so, and need not. */
  readonly done: Promise<void>;
}

/** Lets the host's model continue a conversation. Throw {@link UserRejected} when the user does not allow it. */
export type SampleHandler = (
  params: CreateMessageRequestParams,
  context: AskContext,
) => CreateMessageResult | Promise<CreateMessageResult>;

/** Shows the user a form. Show which server asks, and offer to decline. */
export type FormHandler = (
  params: ElicitRequestFormParams,
  context: AskContext,
) => ElicitResult | Promise<ElicitResult>;

/**
 * Asks the user whether to open a page, and opens it in a browser of its own. Show the whole URL first and
 * never fetch it. `accept` says that the user agreed. A call may wait for the visit (error -32042): it is made
 * again once the handler has accepted, so accept when the user says they are done, or `done` does.
 */
export type UrlHandler = (
  params: ElicitRequestURLParams,
  context: VisitContext,
) => ElicitResult | Promise<ElicitResult>;

/** What a host does for servers. Its capabilities are declared from what is given here. */
export interface ClientHandlers {
  /** Sampling. `tools` and `context` declare that the handler honours these parts of a request too. */
  readonly onSample?:
    | SampleHandler
    | { readonly run: SampleHandler; readonly tools?: boolean; readonly context?: boolean };
  /** Elicitation: a function shows forms; give the modes by name to open pages too. */
  readonly onElicit?: FormHandler | { readonly form?: FormHandler; readonly url?: UrlHandler };
  /** Where servers should work: `file://` URIs, or a function that knows them when asked. */
  readonly roots?: readonly Root[] | (() => readonly Root[] | Promise<readonly Root[]>);
}

/** The user does not want the server to use the model. Throw it from `onSample`. */
export class UserRejected extends RpcError {
  constructor() {
    // 2025-11-25 client/sampling gives this code by example.
    super(-1, "User rejected sampling request");
  }
}

/** The handlers in their one long form. */
export interface Handlers {
  readonly sample?: SampleHandler | undefined;
  readonly form?: FormHandler | undefined;
  readonly url?: UrlHandler | undefined;
  readonly roots?: (() => readonly Root[] | Promise<readonly Root[]>) | undefined;
  /** What they amount to. */
  readonly capabilities: ClientCapabilities;
}

/**
 * Reads the handlers a host gave.
 * @throws {TypeError} when a root is not a `file://` URI
 */
export function readHandlers({ onSample, onElicit, roots }: ClientHandlers): Handlers {
  const sampling = typeof onSample === "function" ? { run: onSample } : onSample;
  const modes = typeof onElicit === "function" ? { form: onElicit } : onElicit;
  if (Array.isArray(roots)) checkRoots(roots);
  return {
    sample: sampling?.run,
    form: modes?.form,
    url: modes?.url,
    roots: typeof roots === "function" ? roots : roots && (() => roots),
    capabilities: {
      ...(roots && { roots: { listChanged: true } }),
      ...(sampling && {
        sampling: {
          ...(sampling.tools && { tools: {} }),
          ...(sampling.context && { context: {} }),
        },
      }),
      ...((modes?.form || modes?.url) && {
        elicitation: { ...(modes.form && { form: {} }), ...(modes.url && { url: {} }) },
      }),
    },
  };
}

/** @throws {TypeError} when a root is not a `file://` URI (client/roots: MUST be one) */
export function checkRoots(roots: readonly Root[]): void {
  const wrong = roots.find(({ uri }) => !uri.startsWith("file://"));
  if (wrong) {
    throw new TypeError(`A root must be a file:// URI; "${wrong.uri}" is not one.`);
  }
}

/** What to answer when the client declared nothing of the kind. */
export function notDeclared(what: string): RpcError {
  return new RpcError(JSON_RPC.invalidParams, `This client did not declare ${what}.`);
}
