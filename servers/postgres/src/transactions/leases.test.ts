import { expect, test } from "vitest";
import { type Held, Leases } from "./leases.ts";

/** Something that is open until it is ended. */
class Door implements Held {
  isOpen = true;
  readonly ended: Promise<void>;
  #resolve: () => void;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#resolve = resolve;
  }

  async end(): Promise<void> {
    this.isOpen = false;
    this.#resolve();
  }
}

const doors = () => new Leases<Door>({ what: "door", most: 3, mostEach: 2 });

test("only its owner can use what is kept", async () => {
  const leases = doors();
  const id = await leases.grant("ann", async () => new Door());
  expect(id).toMatch(/^[\w-]{22}$/);
  expect(await leases.use("ann", id, async ({ isOpen }) => isOpen)).toBe(true);
  await expect(leases.use("bob", id, async () => {})).rejects.toThrow("no such door");
  await expect(leases.use(undefined, id, async () => {})).rejects.toThrow("no such door");
});

test("one at a time uses it, and the next may once that failed", async () => {
  const leases = doors();
  const id = await leases.grant("ann", async () => new Door());
  const { promise, reject } = Promise.withResolvers<void>();
  const first = leases.use("ann", id, () => promise);
  await expect(leases.use("ann", id, async () => {})).rejects.toThrow("busy with another call");
  reject(new Error("stuck"));
  await expect(first).rejects.toThrow("stuck");
  await leases.use("ann", id, async () => {});
});

test("what has ended by itself is forgotten, and makes room", async () => {
  const leases = doors();
  const made: Door[] = [];
  const open = async () => {
    made.push(new Door());
    return made.at(-1)!;
  };
  const id = await leases.grant("ann", open);
  await leases.grant("ann", open);
  await expect(leases.grant("ann", open)).rejects.toThrow("You have 2 open doors");
  await made[0]!.end();
  await leases.grant("ann", open);
  await expect(leases.use("ann", id, async () => {})).rejects.toThrow("no such door");
});

test("there are no more than the server keeps, also when all come at once", async () => {
  const leases = doors();
  const owners = ["ann", "ann", "bob", "bob", "eve"];
  const granted = await Promise.allSettled(
    owners.map((owner) => leases.grant(owner, async () => new Door())),
  );
  expect(granted.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
});

test("one that could not be opened takes no room", async () => {
  const leases = doors();
  const fail = () => Promise.reject(new Error("locked"));
  for (let attempt = 0; attempt < 5; attempt++) {
    await expect(leases.grant("ann", fail)).rejects.toThrow("locked");
  }
  await leases.grant("ann", async () => new Door());
});

test("closing ends everything, also what is opened meanwhile", async () => {
  const leases = doors();
  const [early, late] = [new Door(), new Door()];
  await leases.grant("ann", async () => early);
  const { promise, resolve } = Promise.withResolvers<Door>();
  const opening = leases.grant("ann", () => promise);
  await leases.close();
  resolve(late);
  await expect(opening).rejects.toThrow("stopping");
  expect([early.isOpen, late.isOpen]).toEqual([false, false]);
});
