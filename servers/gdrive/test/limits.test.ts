import { call, refusal, structured } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { open } from "./support/servers.ts";

test("200 calls at once at 20 a second: none is lost, none refused, and nobody is overtaken by far", async () => {
  const { client, fake } = await open({ fake: { perSecond: 20 } });
  for (let i = 0; i < 200; i++) fake.store.put({ id: `file-${i}`, content: `tea ${i}` });
  const calls = Array.from({ length: 200 }, async (_, i) => {
    const info = await structured(client, "get_file_info", { file_id: `file-${i}` });
    return info.id;
  });
  expect(await Promise.all(calls)).toEqual(Array.from({ length: 200 }, (_, i) => `file-${i}`));
  expect(fake.refused()).toBeGreaterThan(0);
  const order = fake.served.map(({ path }) => Number(/\d+$/.exec(path)?.[0]));
  expect(order).toHaveLength(200);
  // Ten are under way at once.
  expect(Math.max(...order.map((call, place) => Math.abs(call - place)))).toBeLessThan(20);
}, 60_000);

test("who comes while a long limit lasts is told at once, and Google is not asked meanwhile", async () => {
  const { client, fake } = await open();
  const headers = { "retry-after": "300" };
  fake.instead.push(() => ({ status: 429, headers, body: {} }));
  const args = { query: "tea" };
  expect(await refusal(client, "search", args)).toContain("try again in 300 s");
  expect(await refusal(client, "search", args)).toMatch(/try again in (300|29\d) s/);
  expect(fake.requests).toHaveLength(1);
});

test("a 503 is asked again, and a cancelled call leaves the socket", async () => {
  const { client, fake } = await open();
  fake.store.put({ name: "tea" });
  fake.instead.push(() => ({ status: 503, body: {} }));
  expect(await call(client, "search", { query: "tea" })).toContain("Found 1 files");
  const left = Promise.withResolvers<void>();
  const came = Promise.withResolvers<void>();
  fake.instead.push(({ gone }) => {
    came.resolve();
    gone.addEventListener("abort", () => left.resolve());
    return new Promise(() => undefined);
  });
  const cancel = new AbortController();
  const calling = client.callTool("search", { query: "x" }, { signal: cancel.signal });
  await came.promise;
  cancel.abort();
  await expect(calling).rejects.toThrow();
  await left.promise;
  expect(fake.requests.length).toBe(3);
});
