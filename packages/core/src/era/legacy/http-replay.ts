import { type EventStream, messageEvent } from "../../transport/http/event-stream.ts";

/** How much may be kept to send again, counted in characters, over all sessions. */
export class ReplayBudget {
  #free: number;

  constructor(characters: number) {
    this.#free = characters;
  }

  /** Takes `size` if there is so much left. */
  take(size: number): boolean {
    if (size > this.#free) return false;
    this.#free -= size;
    return true;
  }

  giveBack(size: number): void {
    this.#free += size;
  }
}

/** Characters one stream keeps to send again; the oldest events go first, and the newest is kept however long it is. */
const MOST_KEPT = 512 * 1024;

/**
 * A stream of events that outlives its connections: a client that lost one comes back with the id of the last event
 * it has, and gets what came after (2025-11-25 basic/transports: resumability and redelivery).
 */
export class ResumableStream {
  readonly #id: string;
  readonly #budget: ReplayBudget;
  readonly #forgotten: () => void;
  #connection: EventStream | undefined;
  /** Events that can be sent again, the first of them numbered `#first`. */
  #kept: string[] = [];
  #first = 1;
  #size = 0;
  #endedAt: number | undefined;
  #isForgotten = false;

  /** @param id unique in its session */
  constructor(id: string, budget: ReplayBudget, forgotten: () => void) {
    this.#id = id;
    this.#budget = budget;
    this.#forgotten = forgotten;
  }

  /** True while a client reads along. */
  get connected(): boolean {
    return this.#connection?.open === true;
  }

  /** The id that a client which has nothing yet can come back with. */
  get startId(): string {
    return `${this.#id}-0`;
  }

  /** Sends to `connection` from now on; whoever read before is hung up on. */
  attach(connection: EventStream): void {
    this.#connection?.end();
    this.#connection = connection;
  }

  /** Sends a message, now or when the client comes back. */
  send(json: string): void {
    const number = this.#first + this.#kept.length;
    const event = messageEvent(json, `${this.#id}-${number}`);
    this.#keep(event);
    this.#connection?.write(event);
  }

  /** True when all that came after event number `after` is still there. */
  canResume(after: number): boolean {
    return after >= this.#first - 1 && after < this.#first + this.#kept.length;
  }

  /** Sends what came after event number `after`, then goes on. */
  resume(connection: EventStream, after: number): void {
    this.attach(connection);
    for (const event of this.#kept.slice(after - this.#first + 1)) connection.write(event);
    if (this.#endedAt !== undefined) connection.end();
  }

  /** Ends the connection with `farewell`, not the stream. */
  release(farewell: string): void {
    this.#connection?.write(farewell);
    this.#connection?.end();
  }

  /** Nothing more will be sent. What was can still be had again until it is forgotten. */
  end(): void {
    this.#endedAt ??= Date.now();
    this.#connection?.end();
  }

  /** When it ended, in milliseconds since the epoch. */
  get endedAt(): number | undefined {
    return this.#endedAt;
  }

  /** Frees what is kept. */
  forget(): void {
    this.#isForgotten = true;
    this.#budget.giveBack(this.#size);
    this.#size = 0;
    this.#kept = [];
    this.#forgotten();
  }

  #keep(event: string): void {
    if (this.#isForgotten) return;
    while (this.#size + event.length > MOST_KEPT && this.#kept.length > 0) this.#drop();
    if (this.#budget.take(event.length)) {
      this.#kept.push(event);
      this.#size += event.length;
      return;
    }
    // A gap cannot be resumed over: what is older is of no use either.
    while (this.#kept.length > 0) this.#drop();
    this.#first++;
  }

  #drop(): void {
    const size = this.#kept.shift()?.length ?? 0;
    this.#first++;
    this.#size -= size;
    this.#budget.giveBack(size);
  }
}
