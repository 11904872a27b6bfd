import { invalidParams, RpcError } from "../jsonrpc/rpc-error.ts";
import type { Asking } from "../kernel/ask.ts";
import type { Call, Notice } from "../kernel/call.ts";
import type { Announcement, ListKind } from "../kernel/changes.ts";
import { failed, type Outcome } from "../kernel/outcome.ts";
import type { ServerDefinition } from "./definition.ts";
import { askingOf } from "./feature.ts";
import type { Unwatch } from "./source.ts";

/** Most resources one subscriber may watch, and most characters their URIs may have together. */
const MOST_RESOURCES = 1_000;
const MOST_CHARACTERS = 512 * 1024;

/** One resource a subscriber hears of, and how to stop watching it once that has begun. */
interface Watched {
  stop?: Unwatch | undefined;
}

/** What one subscriber hears of: some lists, some resources. */
export class Subscription {
  readonly #definition: ServerDefinition;
  readonly #deliver: (notice: Notice) => void;
  readonly #lists = new Set<ListKind>();
  readonly #resources = new Map<string, Watched>();
  #characters = 0;
  readonly #silence: () => void;
  #closed = false;

  /** @param deliver sends one notification to the subscriber */
  constructor(definition: ServerDefinition, deliver: (notice: Notice) => void) {
    this.#definition = definition;
    this.#deliver = deliver;
    this.#silence = definition.changes.listen((change) => this.#hear(change));
  }

  /** True when the server says that resources can be subscribed to. */
  get takesResources(): boolean {
    return this.#definition.capabilities.resources?.subscribe === true;
  }

  /** Hears of changes to a list, if the server says it has such. */
  addList(list: ListKind): boolean {
    const offered = this.#definition.capabilities[list]?.listChanged === true;
    if (offered) this.#lists.add(list);
    return offered;
  }

  /**
   * Hears of changes to a resource, as far as the caller of `call` may. A source may ask the client something
   * first: the outcome says so, and the same call is to be made again with the answers.
   * It fails when there are too many already, and with whatever the source says of the URI.
   */
  async addResource(uri: string, call: Call): Promise<Outcome> {
    const asking = askingOf(call);
    try {
      return await asking.run(async () => {
        await this.#watch(uri, call, asking);
        return {};
      });
    } catch (error) {
      if (error instanceof RpcError) return failed(error);
      throw error;
    }
  }

  async #watch(uri: string, call: Call, asking: Asking): Promise<void> {
    if (this.#resources.has(uri)) return;
    if (this.#resources.size >= MOST_RESOURCES) {
      throw invalidParams(
        `One client can subscribe to ${MOST_RESOURCES} resources at most; unsubscribe from some first.`,
      );
    }
    if (this.#characters + uri.length > MOST_CHARACTERS) {
      throw invalidParams(
        `The URIs one client subscribes to can have ${MOST_CHARACTERS} characters at most; unsubscribe from some first.`,
      );
    }
    const watched: Watched = {};
    this.#add(uri, watched);
    try {
      const stop = await this.#definition.watch(uri, () => this.#updated(uri), call, asking);
      // It may have been removed meanwhile, even added anew.
      if (this.#resources.get(uri) === watched) watched.stop = stop;
      else stop?.();
    } catch (error) {
      if (this.#resources.get(uri) === watched) this.#drop(uri);
      throw error;
    }
  }

  /** Hears no more of a resource. */
  removeResource(uri: string): void {
    this.#drop(uri)?.stop?.();
  }

  /** Hears of nothing any more, and stops all watching. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#silence();
    for (const uri of [...this.#resources.keys()]) this.removeResource(uri);
  }

  #add(uri: string, watched: Watched): void {
    this.#resources.set(uri, watched);
    this.#characters += uri.length;
  }

  #drop(uri: string): Watched | undefined {
    const watched = this.#resources.get(uri);
    if (this.#resources.delete(uri)) this.#characters -= uri.length;
    return watched;
  }

  #hear(change: Announcement): void {
    if (change.kind === "resource") return this.#updated(change.uri);
    if (change.kind !== "list" || !this.#lists.has(change.list)) return;
    this.#deliver({ method: `notifications/${change.list}/list_changed`, params: {} });
  }

  #updated(uri: string): void {
    if (this.#closed || !this.#resources.has(uri)) return;
    this.#deliver({ method: "notifications/resources/updated", params: { uri } });
  }
}
