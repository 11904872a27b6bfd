import { newId } from "./id.ts";

/** Whoever something is kept for: an authenticated caller, or else a connection. */
export type Owner = string | object | undefined;

/** Something that is kept until somebody ends it, or it ends by itself. */
export interface Held {
  end(): Promise<void>;
  /** Resolves when it has ended, in whichever way. */
  readonly ended: Promise<void>;
}

/** How many are kept. */
export interface LeaseLimits {
  /** What is kept, as a noun for sentences. */
  readonly what: string;
  readonly most: number;
  readonly mostEach: number;
}

/** A handle that cannot be used, or had; one sentence that says what to do. */
export class LeaseError extends Error {
  override readonly name = "LeaseError";
}

interface Lease<T> {
  readonly owner: Owner;
  readonly value: T;
  isBusy: boolean;
}

/** What is kept between calls, each for its owner, under handles nobody can guess. */
export class Leases<T extends Held> {
  readonly #limits: LeaseLimits;
  readonly #leases = new Map<string, Lease<T>>();
  readonly #opening: Owner[] = [];
  #isClosed = false;

  constructor(limits: LeaseLimits) {
    this.#limits = limits;
  }

  /**
   * Keeps what `open` gives until it ends.
   * @returns its handle
   * @throws {LeaseError} when there are too many
   */
  async grant(owner: Owner, open: () => Promise<T>): Promise<string> {
    this.#requireRoom(owner);
    this.#opening.push(owner);
    try {
      const value = await open();
      if (this.#isClosed) {
        await value.end();
        throw new LeaseError(`The server is stopping; no ${this.#limits.what} was opened.`);
      }
      const id = newId();
      this.#leases.set(id, { owner, value, isBusy: false });
      void value.ended.then(() => this.#leases.delete(id));
      return id;
    } finally {
      this.#opening.splice(this.#opening.indexOf(owner), 1);
    }
  }

  /**
   * Works with what a handle stands for, while nobody else does.
   * @throws {LeaseError} when there is no such handle of this owner, or it is in use
   */
  async use<R>(owner: Owner, id: string, work: (value: T) => Promise<R>): Promise<R> {
    const lease = this.#find(owner, id);
    lease.isBusy = true;
    try {
      return await work(lease.value);
    } finally {
      lease.isBusy = false;
    }
  }

  /** Ends everything. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled([...this.#leases.values()].map(({ value }) => value.end()));
  }

  #find(owner: Owner, id: string): Lease<T> {
    const { what } = this.#limits;
    const lease = this.#leases.get(id);
    if (lease === undefined || lease.owner !== owner) {
      throw new LeaseError(
        `There is no such ${what}: it has ended, or nobody used it for too long; start anew without it.`,
      );
    }
    if (lease.isBusy) {
      throw new LeaseError(`That ${what} is busy with another call; wait for its answer first.`);
    }
    return lease;
  }

  #requireRoom(owner: Owner): void {
    const { what, most, mostEach } = this.#limits;
    const owners = [...this.#opening, ...[...this.#leases.values()].map((one) => one.owner)];
    const own = owners.filter((one) => one === owner).length;
    if (own >= mostEach) {
      throw new LeaseError(
        `You have ${own} open ${what}s, as many as there may be; end one first.`,
      );
    }
    if (owners.length >= most) {
      throw new LeaseError(`The server keeps at most ${most} open ${what}s; try again later.`);
    }
  }
}
