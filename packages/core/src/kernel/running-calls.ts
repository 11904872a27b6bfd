import type { LiveCall } from "./live-call.ts";

/** A place in the table, emptied when its call is over. */
interface Slot {
  call: LiveCall | undefined;
}

/**
 * The calls that run, by key. What a Map forgets lives on for a while: each time V8 makes room it leaves the old
 * table behind, linked to the new one, and in a busy server that holds back half of all memory until a full
 * collection. So the table holds slots, and a slot lets go of its call at once; keys must be small as well.
 */
export class RunningCalls<Key extends string | number> {
  readonly #slots = new Map<Key, Slot>();

  /** How many there are. */
  get size(): number {
    return this.#slots.size;
  }

  has(key: Key): boolean {
    return this.#slots.has(key);
  }

  get(key: Key): LiveCall | undefined {
    return this.#slots.get(key)?.call;
  }

  add(key: Key, call: LiveCall): void {
    this.#slots.set(key, { call });
  }

  delete(key: Key): void {
    const slot = this.#slots.get(key);
    if (!slot) return;
    slot.call = undefined;
    this.#slots.delete(key);
  }

  /** Ends all of them. */
  abort(reason: Error): void {
    for (const { call } of this.#slots.values()) call?.abort(reason);
  }
}
