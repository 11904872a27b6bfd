import type { RememberedEra } from "../era/client-choose.ts";
import type { ServerFacts } from "../era/client-era.ts";
import { ConnectionClosed } from "../kernel/pending.ts";
import type {
  CallToolResult,
  CompleteRequestParams,
  CompleteResult,
  GetPromptResult,
  LoggingLevel,
  ParamsOf,
  Prompt,
  ReadResourceResult,
  RequestMethod,
  Resource,
  ResourceTemplate,
  ResultOf,
  Tool,
} from "../protocol/index.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import { RequestLost, SessionGone } from "../transport/http/client-errors.ts";
import type { ServerLink } from "./extension.ts";
import { everyItem, pagesOf } from "./lists.ts";
import type { RequestOptions } from "./options.ts";
import { isRepeatable } from "./repeatable.ts";
import type { Session } from "./session.ts";
import type { Setup } from "./setup.ts";
import { Subscription, type SubscriptionRequest } from "./subscription.ts";
import type { Supervisor } from "./supervisor.ts";
import { within } from "./within.ts";

/** The methods whose results are pages of a list. */
export type ListMethod =
  | "tools/list"
  | "resources/list"
  | "resources/templates/list"
  | "prompts/list";

/** A server to talk to. Make one with `connect`; it speaks whatever revision the server does. */
export class Client {
  readonly #supervisor: Supervisor;
  readonly #setup: Setup;
  readonly #subscriptions: Set<Subscription>;

  /** @internal use `connect` */
  constructor(supervisor: Supervisor, setup: Setup, subscriptions: Set<Subscription>) {
    this.#supervisor = supervisor;
    this.#setup = setup;
    this.#subscriptions = subscriptions;
    void supervisor.over.then((reason) => {
      for (const subscription of [...subscriptions]) subscription.end(reason);
    });
  }

  /**
   * The server's name, capabilities and instructions, and the revision in use. With `era: "modern"` the first
   * three stay unknown until the server told them; `ping` asks it.
   */
  get server(): ServerFacts {
    return this.#supervisor.latest.facts;
  }

  /** What to hand to `connect` as `remembered` the next time. */
  get remembered(): RememberedEra {
    const { era, revision } = this.server;
    return { era, revision };
  }

  /** Resolves when the client is of no more use: with the reason, or nothing after {@link close}. */
  get closed(): Promise<Error | undefined> {
    return this.#supervisor.over;
  }

  /**
   * Makes one call. What the server asks meanwhile is answered by the handlers given to `connect`.
   * @throws {RpcError} the server's error, or -32601 for what it does not offer
   * @throws {InvalidResponse} when its answer breaks the protocol
   * @throws {RequestTimeout} when there was none in time
   * @throws {ConnectionClosed} when the connection was lost; what may safely be repeated is, once, after a restart
   * @throws {RequestLost} the same for one request over HTTP
   * @throws {HttpError} when the server refused it in HTTP alone
   */
  request<M extends RequestMethod>(
    method: M,
    params: ParamsOf<M>,
    options?: RequestOptions,
  ): Promise<ResultOf<M>>;
  /** Calls a method that is not the protocol's own; nothing in its result is checked. */
  request(method: string, params?: JsonObject, options?: RequestOptions): Promise<JsonObject>;
  async request(
    method: string,
    params: object = {},
    options: RequestOptions = {},
  ): Promise<unknown> {
    let repeated: unknown;
    for (;;) {
      const session = await this.#session(options);
      try {
        return await session.request(method, params as JsonObject, options);
      } catch (error) {
        // A server that was restarted has lost the connection, and then does not know the session: one of each.
        const isNew = error instanceof SessionGone && !(repeated instanceof SessionGone);
        if (repeated !== undefined && !isNew) throw error;
        if (!this.#mayRepeat(error, method, params as JsonObject, session)) throw error;
        repeated = error;
      }
    }
  }

  /** Every tool, over all pages. */
  listTools(options?: RequestOptions): Promise<Tool[]> {
    return this.#list("tools/list", (page) => page.tools, options);
  }

  /** Every resource, over all pages. */
  listResources(options?: RequestOptions): Promise<Resource[]> {
    return this.#list("resources/list", (page) => page.resources, options);
  }

  /** Every resource template, over all pages. */
  listResourceTemplates(options?: RequestOptions): Promise<ResourceTemplate[]> {
    return this.#list("resources/templates/list", (page) => page.resourceTemplates, options);
  }

  /** Every prompt, over all pages. */
  listPrompts(options?: RequestOptions): Promise<Prompt[]> {
    return this.#list("prompts/list", (page) => page.prompts, options);
  }

  /** A list page by page, each fetched when it is read; for lists too long to hold. */
  pages<M extends ListMethod>(
    method: M,
    options?: RequestOptions,
  ): AsyncGenerator<ResultOf<M>, void, undefined> {
    return pagesOf<ResultOf<M>>((cursor) => this.#page(method, cursor, options));
  }

  /**
   * Calls a tool. A result with `isError` is an answer for the model, not an exception.
   * @throws {InvalidResponse} when structured output breaks the schema the tool was last listed with
   */
  callTool(name: string, args?: object, options?: RequestOptions): Promise<CallToolResult> {
    const params = { name, ...(args && { arguments: args as Record<string, unknown> }) };
    return this.request("tools/call", params, options);
  }

  /** Reads a resource. */
  readResource(uri: string, options?: RequestOptions): Promise<ReadResourceResult> {
    return this.request("resources/read", { uri }, options);
  }

  /** Gets a prompt with its arguments filled in. */
  getPrompt(
    name: string,
    args?: Record<string, string>,
    options?: RequestOptions,
  ): Promise<GetPromptResult> {
    return this.request("prompts/get", { name, ...(args && { arguments: args }) }, options);
  }

  /** Completes what a user began to type for an argument. */
  complete(params: CompleteRequestParams, options?: RequestOptions): Promise<CompleteResult> {
    return this.request("completion/complete", params, options);
  }

  /** Resolves when the server answered that it is there. */
  async ping(options?: RequestOptions): Promise<void> {
    const { aliveMethod } = await this.#session(options);
    await this.request(aliveMethod, {}, { ...options, cache: "reload" });
  }

  /**
   * Asks for log messages of `level` and graver: from now on where the server keeps it, and with each further
   * request where it does not.
   */
  async setLogLevel(level: LoggingLevel, options?: RequestOptions): Promise<void> {
    const session = await this.#session(options);
    if (session.has("logging/setLevel")) await this.request("logging/setLevel", { level }, options);
    this.#setup.logLevel = level;
  }

  /**
   * Hears of changes. Resolves when the server has agreed, perhaps to less than was asked: see
   * {@link Subscription.granted}. It outlives a restart of the server.
   * @param options `signal` closes the subscription, also before the server has agreed
   */
  async subscribe(
    request: SubscriptionRequest,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<Subscription> {
    const session = await this.#session(options);
    const { signal } = options;
    const close = () => subscription.close();
    const subscription = new Subscription(request, (ended) => {
      this.#subscriptions.delete(ended);
      signal?.removeEventListener("abort", close);
    });
    this.#subscriptions.add(subscription);
    try {
      await subscription.open(session, { signal });
    } catch (error) {
      subscription.close();
      throw error;
    }
    signal?.addEventListener("abort", close);
    return subscription;
  }

  /** What extensions may do on the connection in use now; ask for it anew after a restart. */
  async link(options?: RequestOptions): Promise<ServerLink> {
    return (await this.#session(options)).link;
  }

  /** Tells the server that the roots have changed, where that can be told. */
  async notifyRootsChanged(): Promise<void> {
    const session = await this.#session();
    const { capabilities } = this.#setup.handlers;
    const method = "notifications/roots/list_changed";
    if (capabilities.roots?.listChanged && session.has(method)) session.notify(method);
  }

  /** Ends the connection and every subscription. Idempotent. */
  close(): Promise<void> {
    return this.#supervisor.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** The connection to use, after a restart if one is under way. */
  #session({ signal, timeoutMs }: RequestOptions = {}): Session | Promise<Session> {
    signal?.throwIfAborted();
    const session = this.#supervisor.session();
    if (!(session instanceof Promise)) return session;
    return within(session, { signal, timeoutMs: timeoutMs ?? this.#setup.options.timeoutMs });
  }

  /** True when a request that failed may be sent once more: it did nothing, or doing it twice does no harm. */
  #mayRepeat(error: unknown, method: string, params: JsonObject, session: Session): boolean {
    const { restarts } = this.#supervisor;
    if (error instanceof SessionGone) return restarts;
    const lost = error instanceof ConnectionClosed ? restarts : error instanceof RequestLost;
    return lost && isRepeatable(method, params, session.tools);
  }

  #list<M extends ListMethod, Item>(
    method: M,
    items: (page: ResultOf<M>) => readonly Item[],
    options: RequestOptions = {},
  ): Promise<Item[]> {
    const fetch = (cursor: string | undefined, again: boolean) =>
      this.#page(method, cursor, again ? { ...options, cache: "reload" } : options);
    return everyItem<ResultOf<M>, Item>(fetch, items);
  }

  async #page<M extends ListMethod>(
    method: M,
    cursor: string | undefined,
    options: RequestOptions | undefined,
  ): Promise<ResultOf<M>> {
    const params: JsonObject = cursor === undefined ? {} : { cursor };
    return (await this.request(method as string, params, options)) as ResultOf<M>;
  }
}
