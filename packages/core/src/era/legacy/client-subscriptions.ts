import type { Change } from "../../kernel/changes.ts";
import type { WaitOptions } from "../../kernel/pending.ts";
import { declares, type SubscriptionFilter } from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import { changeOf, covers } from "../client-change.ts";
import type { Listener, Listening, ServerFacts, Wire } from "../client-era.ts";

interface Subscribed {
  readonly ready: Promise<unknown>;
  count: number;
}

interface Listen {
  readonly filter: SubscriptionFilter;
  readonly deliver: (change: Change) => void;
}

/** Subscriptions of a legacy connection: list changes come unasked, resources one `resources/subscribe` each. */
export function listener(wire: Wire, facts: ServerFacts): Listener {
  return new LegacyListener(wire, facts);
}

class LegacyListener implements Listener {
  readonly #wire: Wire;
  readonly #facts: ServerFacts;
  readonly #open = new Set<Listen>();
  readonly #uris = new Map<string, Subscribed>();
  /** Unsubscriptions the server has not answered yet. */
  readonly #leaving = new Map<string, Promise<unknown>>();

  constructor(wire: Wire, facts: ServerFacts) {
    this.#wire = wire;
    this.#facts = facts;
  }

  async listen(
    filter: SubscriptionFilter,
    deliver: (change: Change) => void,
    { signal, ...wait }: WaitOptions,
  ): Promise<Listening> {
    const granted = this.#granted(filter);
    const uris = granted.resourceSubscriptions ?? [];
    const open = { filter: granted, deliver };
    this.#open.add(open);
    const stop = () => {
      if (this.#open.delete(open)) for (const uri of uris) this.#unsubscribe(uri);
    };
    try {
      // The signal ends only this wait: others may be waiting for the same request.
      await unlessAborted(Promise.all(uris.map((uri) => this.#subscribe(uri, wait))), signal);
    } catch (error) {
      stop();
      throw error;
    }
    // A legacy server cannot end it; the connection's own end is told elsewhere.
    return { granted, ended: new Promise(() => {}), stop };
  }

  notification(method: string, params: JsonObject): void {
    const change = changeOf(method, params);
    if (change === undefined) return;
    for (const { filter, deliver } of [...this.#open]) if (covers(filter, change)) deliver(change);
  }

  #granted(filter: SubscriptionFilter): SubscriptionFilter {
    const offered = this.#facts.capabilities ?? {};
    const granted: SubscriptionFilter = {};
    if (filter.toolsListChanged && declares(offered, "tools.listChanged")) {
      granted.toolsListChanged = true;
    }
    if (filter.promptsListChanged && declares(offered, "prompts.listChanged")) {
      granted.promptsListChanged = true;
    }
    if (filter.resourcesListChanged && declares(offered, "resources.listChanged")) {
      granted.resourcesListChanged = true;
    }
    if (filter.resourceSubscriptions && declares(offered, "resources.subscribe")) {
      granted.resourceSubscriptions = [...new Set(filter.resourceSubscriptions)];
    }
    return granted;
  }

  #subscribe(uri: string, wait: WaitOptions): Promise<unknown> {
    const known = this.#uris.get(uri);
    if (known) {
      known.count++;
      return known.ready;
    }
    const ask = () => this.#wire.request("resources/subscribe", { uri }, wait);
    // Over HTTP one request may overtake another, and the server would do first what was asked last.
    const ready = this.#leaving.get(uri)?.then(ask) ?? ask();
    this.#uris.set(uri, { ready, count: 1 });
    return ready;
  }

  #unsubscribe(uri: string): void {
    const known = this.#uris.get(uri);
    if (known === undefined || --known.count > 0) return;
    this.#uris.delete(uri);
    // Nobody is left to hear of a failure: what still arrives for the URI is delivered to no one.
    const left = known.ready
      .then(() => this.#wire.request("resources/unsubscribe", { uri }))
      .catch(() => undefined)
      .finally(() => {
        if (this.#leaving.get(uri) === left) this.#leaving.delete(uri);
      });
    this.#leaving.set(uri, left);
  }
}

async function unlessAborted<T>(awaited: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  const given = Promise.withResolvers<never>();
  const abort = () => given.reject(signal?.reason);
  signal?.addEventListener("abort", abort);
  if (signal?.aborted) abort();
  try {
    return await Promise.race([awaited, given.promise]);
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}
