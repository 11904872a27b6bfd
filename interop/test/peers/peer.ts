import type {
  CallToolResult,
  CompleteRequestParams,
  CompleteResult,
  CreateMessageRequestParams,
  CreateMessageResult,
  ElicitRequestParams,
  ElicitResult,
  GetPromptResult,
  Implementation,
  ListResourcesResult,
  LoggingLevel,
  Prompt,
  ReadResourceResult,
  ResourceTemplate,
  Revision,
  Root,
  ServerCapabilities,
  Tool,
} from "@portico/core";

/** How a call is made. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  onProgress?(report: { progress: number; total?: number; message?: string }): void;
}

/** Another implementation's client, connected to one of our servers. */
export interface Peer {
  /** What both ends agreed on. */
  readonly revision: string | undefined;
  readonly server: {
    readonly info: Implementation | undefined;
    readonly instructions: string | undefined;
    readonly capabilities: ServerCapabilities | undefined;
  };
  listTools(): Promise<Tool[]>;
  callTool(name: string, args?: object, options?: CallOptions): Promise<CallToolResult>;
  listResources(cursor?: string): Promise<ListResourcesResult>;
  listResourceTemplates(): Promise<ResourceTemplate[]>;
  readResource(uri: string): Promise<ReadResourceResult>;
  listPrompts(): Promise<Prompt[]>;
  getPrompt(name: string, args?: Record<string, string>): Promise<GetPromptResult>;
  complete(params: CompleteRequestParams): Promise<CompleteResult>;
  /** From now on, asks for logs of this level and above. */
  setLogLevel(level: LoggingLevel): Promise<void>;
  /** Hears of changes to a resource until the returned function is called. */
  watch(uri: string): Promise<() => Promise<unknown>>;
  ping(): Promise<unknown>;
  /** Says that the host's roots are others now. */
  rootsChanged(): Promise<void>;
  /** Calls a method the protocol does not have. */
  request(method: string, params: Record<string, unknown>): Promise<unknown>;
  close(): Promise<void>;
}

/** A {@link Peer} in the types of its own implementation: the calls are ours, the results are checked by tests. */
export type ForeignPeer = {
  readonly [K in keyof Peer]: Peer[K] extends (...args: infer Args) => unknown
    ? (...args: Args) => Promise<unknown>
    : unknown;
};

/** The application around a client. What it lacks, the client does not declare. */
export interface Host {
  elicit?(params: ElicitRequestParams): ElicitResult;
  sample?(params: CreateMessageRequestParams): CreateMessageResult;
  roots?(): Root[];
  onLog?(params: unknown): void;
  onUpdated?(uri: string): void;
  /** Hears that the user is done at a page they were sent to. */
  onCompleted?(elicitationId: string): void;
  /** Gets a list anew each time the server says it has changed. */
  onListChanged?(
    list: "tools" | "prompts" | "resources",
    entries: readonly { name: string }[],
  ): void;
}

/** Starts a server of ours with Node and connects a client to it. */
export type Meet = (args: readonly string[], host?: Host) => Promise<Peer>;

/** One implementation's client held to one revision. */
export interface Candidate {
  readonly revision: Revision;
  readonly meet: Meet;
  /** The code this client reports for a resource that does not exist. */
  readonly missingResource: number;
  /** True when the client sends the user to the pages a call needs (-32042) and calls again by itself. */
  readonly visitsByItself?: boolean;
}

/** What a client of `host` declares. */
export function capabilitiesOf({ elicit, sample, roots }: Host) {
  return {
    ...(elicit && { elicitation: { form: {}, url: {} } }),
    ...(sample && { sampling: { tools: {} } }),
    ...(roots && { roots: { listChanged: true } }),
  };
}
