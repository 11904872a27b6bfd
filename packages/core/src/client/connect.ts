import { type EraChoice, probes, type RememberedEra } from "../era/client-choose.ts";
import { ConnectionClosed } from "../kernel/pending.ts";
import type { Transport } from "../transport/transport.ts";
import { ResponseCache } from "./cache.ts";
import { guarded } from "./callback.ts";
import { Client } from "./client.ts";
import { clientRows, declaring } from "./extension.ts";
import { readHandlers } from "./handlers.ts";
import type { ConnectOptions } from "./options.ts";
import { openSession, type Session } from "./session.ts";
import type { Setup } from "./setup.ts";
import type { Subscription } from "./subscription.ts";
import { Supervisor, type Upkeep } from "./supervisor.ts";
import { Visits } from "./visits.ts";
import { within } from "./within.ts";

/** How to reach a server: a connection, or what makes one and can make the next after a crash, as `httpClient` does. */
export type ConnectTarget = Transport | (() => Transport | Promise<Transport>);

/**
 * Connects to a server, whatever revision it speaks.
 * @param target a transport that was not started yet; a function that makes them lets the client restart a
 * server that crashed
 * @throws {TypeError} when a root is not a `file://` URI
 * @throws what the server answered, or that it did not, when the two could not meet
 */
export async function connect(target: ConnectTarget, options: ConnectOptions): Promise<Client> {
  const { extensions = [] } = options;
  const handlers = readHandlers(options);
  const setup: Setup = {
    options,
    handlers: { ...handlers, capabilities: declaring(handlers.capabilities, extensions) },
    methods: clientRows(extensions),
    cache: new ResponseCache(),
    visits: new Visits(),
  };
  const subscriptions = new Set<Subscription>();
  let { remembered } = options;
  const upkeep: Upkeep = {
    restarts: typeof target === "function",
    async open(signal) {
      const session = await openEither(target, setup, remembered, signal);
      const { era, revision } = session.facts;
      remembered = { era, revision };
      return session;
    },
    async restore(session, reason, attempt) {
      await restore(session, setup, subscriptions);
      guarded(() => options.onRestart?.({ reason, attempt }));
    },
  };
  const supervisor = await Supervisor.start(upkeep, options.signal);
  return new Client(supervisor, setup, subscriptions);
}

async function openEither(
  target: ConnectTarget,
  setup: Setup,
  remembered: RememberedEra | undefined,
  signal: AbortSignal | undefined,
): Promise<Session> {
  const { era = "auto", revision } = setup.options;
  const choice: EraChoice = { era, revision, remembered };
  if (typeof target !== "function") return openSession(target, setup, choice, signal);
  try {
    return await openSession(await make(target, signal), setup, choice, signal);
  } catch (error) {
    if (!probes(choice) || !(error instanceof ConnectionClosed)) throw error;
    // Some legacy servers end when their first message is not initialize. A second one is not asked anything else.
    return openSession(await make(target, signal), setup, { era: "legacy" }, signal);
  }
}

/** The next transport; one that comes when nobody wants it any more is closed unused. */
async function make(
  target: () => Transport | Promise<Transport>,
  signal: AbortSignal | undefined,
): Promise<Transport> {
  signal?.throwIfAborted();
  const making = Promise.resolve(target());
  try {
    return await within(making, { signal, timeoutMs: Number.POSITIVE_INFINITY });
  } catch (error) {
    making.then((late) => late.close()).catch(() => undefined);
    throw error;
  }
}

/** Brings a restarted server to where the one before was. */
async function restore(
  session: Session,
  setup: Setup,
  subscriptions: ReadonlySet<Subscription>,
): Promise<void> {
  setup.cache.clear();
  const level = setup.logLevel;
  if (level !== undefined && session.has("logging/setLevel")) {
    await session.request("logging/setLevel", { level }, {});
  }
  // basic/transports/stdio: after reconnecting, subscriptions/listen MUST be sent again.
  await Promise.all(
    [...subscriptions].map((each) =>
      each.open(session, {}).catch((error) => {
        if (error instanceof ConnectionClosed) throw error;
        each.end(error);
      }),
    ),
  );
}
