import { join } from "node:path";
import { createLogger } from "@portico/runner";
import { createDatabase } from "@portico/testing-postgres";
import { call, clientOf, scratch, structured, succeed } from "@portico/testing-servers";
import { expect, onTestFinished, test, vi } from "vitest";
import { openMeanings } from "../../src/embeddings/open.ts";
import { readMeanings } from "../../src/embeddings-options.ts";
import type { Entity } from "../../src/graph/types.ts";
import { LazyStore } from "../../src/lazy-store.ts";
import { openPostgresStore } from "../../src/postgres/open.ts";
import { memory } from "../../src/server.ts";
import { openSqliteStore } from "../../src/sqlite/store.ts";
import { entity } from "../support/graphs.ts";
import { clientOn } from "../support/servers.ts";
import { embeddingsService, type Service } from "./service.ts";

const KEY = "sk-test-0123456789abcdefghij";
const MODEL = "test-embedding";

const pets = {
  entities: [
    entity("Rex", "animal", "a dog that barks"),
    entity("Beetle", "thing", "a car with an engine"),
  ],
};

/** A client of a memory whose vectors come from `service`, its log, and the database itself. */
async function memoryWith(service: Service, model = MODEL) {
  const lines: string[] = [];
  const log = createLogger({ write: (line) => void lines.push(line) });
  const options = { "embeddings-url": service.url, "embeddings-model": model };
  const meanings = await readMeanings(options, KEY, log);
  const file = join(scratch(), "memory.db");
  const client = await clientOn({ file, meanings });
  const store = await openSqliteStore(file);
  onTestFinished(() => store.close());
  return { client, file, lines, left: () => leftIn(store, model) };
}

function leftIn(
  store: Awaited<ReturnType<typeof openSqliteStore>>,
  model: string,
): Promise<Entity[]> {
  return store.withoutVector({ owner: "", project: "default" }, model, 1_000);
}

const names = async (client: Awaited<ReturnType<typeof clientOn>>, query: string) =>
  (
    await structured<{ entities: { name: string }[] }>(client, "search_nodes", { query })
  ).entities.map(({ name }) => name);

test("what is written is found by what it means, in words that occur nowhere", async () => {
  const service = await embeddingsService();
  const { client, left } = await memoryWith(service);
  await call(client, "create_entities", pets);
  await vi.waitFor(async () => expect(await left()).toEqual([]), { timeout: 5_000 });
  expect((await names(client, "puppy"))[0]).toBe("Rex");
  expect((await names(client, "vehicle"))[0]).toBe("Beetle");
  const { content } = await succeed(client, "search_nodes", { query: "puppy" });
  expect(JSON.stringify(content)).not.toContain("endpoint");
});

test("the model is told of search by meaning only where there is one", async () => {
  const described = async (client: Awaited<ReturnType<typeof clientOn>>) =>
    (await client.listTools()).find(({ name }) => name === "search_nodes")?.description;
  const { client } = await memoryWith(await embeddingsService());
  expect(await described(client)).toContain("by what they mean");
  expect(await described(await clientOn())).not.toContain("by what they mean");
});

test("a memory in PostgreSQL is searched by meaning as well", async () => {
  const service = await embeddingsService();
  const meanings = openMeanings({ url: service.url, model: MODEL }, () => undefined);
  const postgres = await openPostgresStore((await createDatabase(18)).url());
  const store = new LazyStore(async () => postgres);
  const scope = { owner: "", project: "default" };
  store.whenOpen((opened) => meanings.attach(opened, scope));
  const server = memory({ store, project: "default", meanings });
  onTestFinished(() => server.close());
  const client = await clientOf(server, {});
  await call(client, "create_entities", pets);
  await vi.waitFor(async () => expect(await postgres.withoutVector(scope, MODEL, 9)).toEqual([]), {
    timeout: 8_000,
  });
  expect((await names(client, "puppy"))[0]).toBe("Rex");
});

test("what changes is understood anew", async () => {
  const service = await embeddingsService();
  const { client, left } = await memoryWith(service);
  await call(client, "create_entities", pets);
  await vi.waitFor(async () => expect(await left()).toEqual([]), { timeout: 5_000 });
  const observations = [{ entityName: "Beetle", contents: ["tea tea tea coffee"] }];
  await call(client, "add_observations", { observations });
  await vi.waitFor(async () => expect(await left()).toEqual([]), { timeout: 5_000 });
  expect((await names(client, "drink"))[0]).toBe("Beetle");
});

test("texts go together, in order, with the key, to the address of the API", async () => {
  const service = await embeddingsService();
  const { client, left } = await memoryWith(service);
  const many = Array.from({ length: 70 }, (_, at) => entity(`e${at}`, "thing", `fact ${at}`));
  await call(client, "create_entities", { entities: many });
  await vi.waitFor(async () => expect(await left()).toEqual([]), { timeout: 5_000 });
  expect(service.asked.map(({ input }) => input.length)).toEqual([32, 32, 6]);
  expect(service.asked[0]).toMatchObject({
    path: "/v1/embeddings",
    model: MODEL,
    headers: { authorization: `Bearer ${KEY}` },
    input: expect.arrayContaining(["e0 (thing)\nfact 0"]),
  });
});

test("a service that is down holds up no write, and searches go by words and say so", async () => {
  const service = await embeddingsService();
  service.status = () => 401;
  const { client, left, lines } = await memoryWith(service);
  await call(client, "create_entities", pets);
  const { content, structuredContent } = await succeed(client, "search_nodes", {
    query: "barking",
  });
  expect(structuredContent).toMatchObject({ entities: [{ name: "Rex" }] });
  expect(JSON.stringify(content)).toContain("found by words alone");
  await vi.waitFor(() => expect(lines.join("")).toContain("search goes by words"));
  const told = lines.join("") + JSON.stringify(content);
  expect(told).not.toContain(KEY);
  expect(lines.join("")).not.toContain("barks");
  service.status = () => 200;
  await vi.waitFor(async () => expect(await left()).toEqual([]), { timeout: 8_000 });
  await vi.waitFor(() => expect(lines.join("")).toContain("answers again"));
});

test("a service that never answers keeps nobody from writing, and from closing", async () => {
  const service = await embeddingsService();
  service.status = () => undefined;
  const { client, left } = await memoryWith(service);
  await call(client, "create_entities", pets);
  await vi.waitFor(() => expect(service.asked).toHaveLength(1));
  await call(client, "create_entities", { entities: [entity("late")] });
  expect(await left()).toHaveLength(3);
});

test("a search does not wait again for a service that did not answer just now", async () => {
  const service = await embeddingsService();
  service.status = () => 500;
  const { client, lines } = await memoryWith(service);
  await call(client, "create_entities", pets);
  await names(client, "puppy");
  expect(lines.join("")).not.toContain("answers again");
  const queries = () => service.asked.filter(({ input }) => input[0] === "hound");
  await names(client, "hound");
  expect(queries()).toEqual([]);
});

test("one text that the service refuses keeps no other from being understood", async () => {
  const service = await embeddingsService();
  service.status = ({ input }) => (input.some((text) => text.includes("poison")) ? 400 : 200);
  const { client, left } = await memoryWith(service);
  const entities = [...pets.entities, entity("poison", "thing", "x".repeat(3_000))];
  await call(client, "create_entities", { entities });
  await vi.waitFor(async () => expect(await left()).toEqual([]), { timeout: 5_000 });
  expect((await names(client, "puppy"))[0]).toBe("Rex");
  expect(await names(client, "poison")).toContain("poison");
});

test("a service that refuses everything, as a model it does not have, spoils nothing", async () => {
  const service = await embeddingsService();
  service.status = () => 400;
  const { client, left, lines } = await memoryWith(service);
  await call(client, "create_entities", pets);
  await vi.waitFor(() => expect(lines.join("")).toContain("search goes by words"));
  expect(await left()).toHaveLength(2);
});

test.each([
  ["http://api.example.com/v1", "https://"],
  ["ftp://127.0.0.1/", "https://"],
  ["https://key:secret@api.example.com/v1", "without user"],
  ["nonsense", "https://"],
])("%s is no address of a service", async (url, reason) => {
  const log = createLogger({ write: () => undefined });
  const options = { "embeddings-url": url, "embeddings-model": MODEL };
  const reading = readMeanings(options, undefined, log);
  await expect(reading).rejects.toMatchObject({
    name: "ConfigError",
    message: expect.stringContaining(reason),
  });
  await expect(reading).rejects.not.toMatchObject({ message: expect.stringContaining("secret") });
});

test("a key that cannot be sent is refused without being repeated", async () => {
  const log = createLogger({ write: () => undefined });
  const options = { "embeddings-url": "https://api.example.com/v1", "embeddings-model": MODEL };
  const reading = readMeanings(options, `${KEY}\nX-Other: 1`, log);
  await expect(reading).rejects.toThrow("MEMORY_EMBEDDINGS_KEY has characters");
  await expect(reading).rejects.not.toThrow(KEY);
  expect(await readMeanings(options, `${KEY}\n`, log)).toBeDefined();
});

test("a service needs a model, and the whole address of its embeddings will do", async () => {
  const log = createLogger({ write: () => undefined });
  const options = { "embeddings-url": "https://api.example.com/v1" };
  await expect(readMeanings(options, undefined, log)).rejects.toThrow("name of a model");
  expect(await readMeanings({}, KEY, log)).toBeUndefined();
  const service = await embeddingsService();
  const url = `${service.url}/embeddings`;
  const meanings = openMeanings({ url, model: MODEL }, () => undefined);
  const scope = { owner: "", project: "default" };
  await meanings.of("puppy", scope, new AbortController().signal);
  await meanings.of("puppy", scope, new AbortController().signal);
  expect(service.asked.map(({ path }) => path)).toEqual(["/v1/embeddings"]);
  expect(service.asked[0]?.headers.authorization).toBeUndefined();
});
