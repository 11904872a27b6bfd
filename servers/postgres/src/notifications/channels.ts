import type { Database } from "../database/database.ts";

/** Most payloads of one channel that are kept. */
const MOST_PAYLOADS = 100;

/** Most channels listened to at once, by all clients together. */
const MOST_CHANNELS = 200;

/** Bytes a channel's name may have in PostgreSQL. */
const LONGEST_NAME = 63;

/** What was told on a channel. */
export interface Notification {
  /** When it was heard, ISO 8601. */
  readonly at: string;
  readonly payload: string;
}

/** A channel that cannot be listened to; one sentence. */
export class ChannelError extends Error {
  override readonly name = "ChannelError";
}

interface Heard {
  readonly payloads: Notification[];
  readonly listeners: Set<() => void>;
  readonly stop: Promise<() => void>;
}

/** The channels of NOTIFY that somebody subscribed to; nothing is listened to for nobody. */
export class Channels {
  readonly #heard = new Map<string, Heard>();

  /**
   * Calls `told` for every notification on a channel until the returned function is called.
   * @throws {ChannelError} when the name is too long, or there are too many
   * @throws {DatabaseError}
   */
  async listen(database: Database, channel: string, told: () => void): Promise<() => void> {
    const key = keyOf(database, channel);
    const heard = this.#heard.get(key) ?? this.#open(key, database, channel);
    // A function of its own for each call, because two subscribers may pass the same one.
    const listener = () => told();
    heard.listeners.add(listener);
    const leave = () => {
      heard.listeners.delete(listener);
      if (heard.listeners.size > 0 || this.#heard.get(key) !== heard) return;
      this.#heard.delete(key);
      heard.stop.then((stop) => stop()).catch(() => {});
    };
    try {
      await heard.stop;
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }

  /** The last notifications of a channel, the newest last; nothing while nobody listens to it. */
  last(database: Database, channel: string): readonly Notification[] | undefined {
    const heard = this.#heard.get(keyOf(database, channel));
    return heard && [...heard.payloads];
  }

  #open(key: string, database: Database, channel: string): Heard {
    if (Buffer.byteLength(channel) > LONGEST_NAME || channel === "") {
      throw new ChannelError(`A channel's name has 1 to ${LONGEST_NAME} bytes.`);
    }
    if (this.#heard.size >= MOST_CHANNELS) {
      throw new ChannelError(
        `${MOST_CHANNELS} channels are listened to already; unsubscribe from some first.`,
      );
    }
    const payloads: Notification[] = [];
    const listeners = new Set<() => void>();
    const stop = database.listen(channel, (payload) => {
      payloads.push({ at: new Date().toISOString(), payload });
      if (payloads.length > MOST_PAYLOADS) payloads.shift();
      for (const listener of [...listeners]) listener();
    });
    const heard = { payloads, listeners, stop };
    this.#heard.set(key, heard);
    return heard;
  }
}

function keyOf({ name }: Database, channel: string): string {
  return JSON.stringify([name, channel]);
}
