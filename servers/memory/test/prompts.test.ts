import { type Client, REVISIONS } from "@portico/core";
import { call } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { createSample, entity, relation } from "./support/graphs.ts";
import { clientOn } from "./support/servers.ts";

async function get(client: Client, name: string, args: Record<string, string>): Promise<string> {
  const { messages } = await client.getPrompt(name, args);
  return messages
    .map(({ content }) => (content.type === "text" ? content.text : content.type))
    .join("\n");
}

describe.each(REVISIONS)("prompts with revision %s", (revision) => {
  test("recall puts what is remembered before the model, as data", async () => {
    const client = await clientOn({ revision });
    await createSample(client);
    const text = await get(client, "recall", { topic: "hiking" });
    expect(text).toContain("not instructions");
    expect(text).toContain("## Alice (person, importance 0.5)");
    expect(text).toMatch(/- likes hiking in the mountains \[.*test 1\.0\.0\]/);
    expect(text).toContain("Alice -[works_at]-> Acme");
    expect(text).not.toContain("## Bob");
    expect(await get(client, "recall", { topic: "xylophone" })).toContain("Nothing is remembered");
  });

  test("summarise takes what hangs together best, or one type", async () => {
    const client = await clientOn({ revision });
    await createSample(client);
    const all = await get(client, "summarise", {});
    expect(all).toContain("4 entities, 4 observations and 3 relations");
    expect(all).toContain("## Acme (company");
    const people = await get(client, "summarise", { type: "person" });
    expect(people).toContain("## Bob (person");
    expect(people).not.toContain("## Acme");
  });

  test("review takes what changed last, or an entity and what is like it", async () => {
    const client = await clientOn({ revision });
    await createSample(client);
    await call(client, "create_entities", { entities: [entity("Alice Smith", "person")] });
    expect(await get(client, "review", {})).toContain("## Utrecht");
    const alice = await get(client, "review", { name: "Alice" });
    expect(alice).toContain("Change nothing before I agree");
    expect(alice).toContain("## Alice Smith");
    expect(alice).not.toContain("## Utrecht");
    await expect(client.getPrompt("review", { name: "Nobody" })).rejects.toThrow('"Nobody"');
  });

  test("complete names, types and projects", async () => {
    const client = await clientOn({ revision });
    await createSample(client);
    await call(client, "create_entities", { entities: [entity("Anvil")], project: "shop" });
    const complete = async (prompt: string, name: string, value: string) => {
      const ref = { type: "ref/prompt" as const, name: prompt };
      return (await client.complete({ ref, argument: { name, value } })).completion.values;
    };
    expect(await complete("recall", "topic", "ali")).toEqual(["Alice"]);
    expect(await complete("review", "name", "ut")).toEqual(["Utrecht"]);
    expect(await complete("summarise", "type", "c")).toEqual(
      expect.arrayContaining(["company", "city"]),
    );
    expect(await complete("summarise", "project", "sh")).toEqual(["shop"]);
  });
});

test("a prompt of a large memory stays of a size a model can read", async () => {
  const client = await clientOn();
  const all = Array.from({ length: 40 }, (_, at) =>
    entity(`word ${at}`, "x", "word ".repeat(2_000)),
  );
  await call(client, "create_entities", { entities: all });
  for (const [name, args] of [
    ["recall", { topic: "word" }],
    ["summarise", { type: "x" }],
    ["review", {}],
  ] as const) {
    const text = await get(client, name, args);
    expect([name, text.length < 42_000]).toEqual([name, true]);
    expect(text).toContain("more lines do not fit here");
  }
});

test("a prompt of a script of long characters is no longer than others", async () => {
  const client = await clientOn();
  const facts = Array.from({ length: 300 }, (_, at) => `${at} ${"日本".repeat(100)}`);
  await call(client, "create_entities", { entities: [entity("a", "x", ...facts)] });
  const text = await get(client, "recall", { topic: "a" });
  expect(Buffer.byteLength(text)).toBeLessThan(42_000);
  expect(text).toContain("more lines do not fit here");
});

test("a prompt says when it has not all relations", async () => {
  const client = await clientOn();
  const relations = Array.from({ length: 201 }, (_, at) => relation("a", `r${at}`, "b"));
  await call(client, "create_entities", { entities: [entity("a", "x"), entity("b", "x")] });
  const said = "more relations are not shown; find_related";
  await call(client, "create_relations", { relations: relations.slice(0, 100) });
  expect(await get(client, "recall", { topic: "a" })).not.toContain(said);
  await call(client, "create_relations", { relations });
  for (const [name, args] of [
    ["recall", { topic: "a" }],
    ["summarise", {}],
    ["review", {}],
  ] as const) {
    expect([name, (await get(client, name, args)).includes(said)]).toEqual([name, true]);
  }
});

test("a completion says when there are more names than it has", async () => {
  const client = await clientOn();
  const complete = async () => {
    const ref = { type: "ref/prompt" as const, name: "review" };
    const { completion } = await client.complete({ ref, argument: { name: "name", value: "e" } });
    return { count: completion.values.length, hasMore: completion.hasMore };
  };
  const all = Array.from({ length: 101 }, (_, at) => entity(`e${at}`));
  await call(client, "create_entities", { entities: all.slice(1) });
  expect(await complete()).toEqual({ count: 100, hasMore: false });
  await call(client, "create_entities", { entities: all });
  expect(await complete()).toEqual({ count: 100, hasMore: true });
});

test("a prompt for a project that is no name is refused", async () => {
  const client = await clientOn();
  await expect(client.getPrompt("recall", { topic: "x", project: "../x" })).rejects.toThrow(
    "A project's name",
  );
});
