import { expect, onTestFinished, test } from "vitest";
import { openGoogle } from "../src/google/google.ts";
import { ChangeFeed } from "../src/resources/change-feed.ts";
import { fakeDrive } from "./fake/drive.ts";
import { accountsOf } from "./support/servers.ts";

/** A feed that looks when it is told to. */
async function openFeed() {
  const fake = await fakeDrive();
  const account = await accountsOf({ default: "good" }).get();
  const feed = new ChangeFeed(openGoogle(account, new URL(fake.url)), 1_000_000);
  onTestFinished(async () => {
    feed.close();
    await fake[Symbol.asyncDispose]();
  });
  return { fake, feed };
}

test("Google is asked for changes only while somebody waits for them", async () => {
  const { fake, feed } = await openFeed();
  await feed.look();
  expect(fake.requests).toHaveLength(0);
  const leave = await feed.watch("a", () => undefined);
  await feed.look();
  expect(fake.requests).toHaveLength(2);
  leave();
  await feed.look();
  expect(fake.requests).toHaveLength(2);
});

test("everybody who waits for a file hears of it once a look, and nobody of another", async () => {
  const { fake, feed } = await openFeed();
  const heard: string[] = [];
  const stored = ["a", "b", "c"].map((id) => fake.store.put({ id }));
  for (const id of ["a", "a", "b"]) await feed.watch(id, () => void heard.push(id));
  for (const one of [stored[0]!, stored[0]!, stored[2]!]) fake.store.changed(one);
  await feed.look();
  expect(heard).toEqual(["a", "a"]);
  await feed.look();
  expect(heard).toEqual(["a", "a"]);
});

test("many changes are read to their end in one look", async () => {
  const { fake, feed } = await openFeed();
  let heard = 0;
  await feed.watch("last", () => void heard++);
  for (let i = 0; i < 1_500; i++) fake.store.put({});
  fake.store.put({ id: "last" });
  await feed.look();
  expect(heard).toBe(1);
});

test("a look that fails is made up for by the next", async () => {
  const { fake, feed } = await openFeed();
  let heard = 0;
  await feed.watch("a", () => void heard++);
  fake.store.put({ id: "a" });
  fake.instead.push(() => ({ status: 403, body: {} }));
  await feed.look();
  expect(heard).toBe(0);
  await feed.look();
  expect(heard).toBe(1);
});
