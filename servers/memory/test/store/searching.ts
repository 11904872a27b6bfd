import fc from "fast-check";
import { expect, test } from "vitest";
import type { NewEntity } from "../../src/graph/types.ts";
import type { TheStore } from "./suite.ts";
import { ann, entity, found, mine } from "./support.ts";

export function searching(store: TheStore): void {
  const people = async (...more: NewEntity[]) => {
    const known: NewEntity[] = [
      { ...entity("Alice", "loves hiking in the Alps", "works as a doctor"), entityType: "person" },
      { ...entity("Bob", "hiked once", "plays the violin"), entityType: "person", tags: ["music"] },
      { ...entity("Zürich", "a city by a lake"), entityType: "city", tags: ["travel", "home"] },
    ];
    await store().createEntities(mine, [...known, ...more], ann);
  };

  test("finds entities in which all words occur, wherever they are", async () => {
    await people();
    expect(await found(store(), "alice hiking")).toEqual(["Alice"]);
    expect(await found(store(), "doctor person alps")).toEqual(["Alice"]);
    expect(await found(store(), "alice violin")).toEqual([]);
    expect(await found(store(), "city travel")).toEqual(["Zürich"]);
  });

  test("finds words in other forms, by their beginning, in any case, without accents", async () => {
    await people();
    expect((await found(store(), "HIKE")).sort()).toEqual(["Alice", "Bob"]);
    expect(await found(store(), "hikes violins")).toEqual(["Bob"]);
    expect(await found(store(), "viol")).toEqual(["Bob"]);
    expect(await found(store(), "hikin viol")).toEqual(["Bob"]);
    expect(await found(store(), "zurich")).toEqual(["Zürich"]);
    expect(await found(store(), "ZÜRICH")).toEqual(["Zürich"]);
  });

  test("finds names with digits by their beginning", async () => {
    await people(entity("project2025"), entity("server-042"));
    expect(await found(store(), "project")).toEqual(["project2025"]);
    expect(await found(store(), "project20")).toEqual(["project2025"]);
    expect(await found(store(), "042")).toEqual(["server-042"]);
  });

  test("finds all that begin alike, however short the beginning, but letters for themselves", async () => {
    const many = Array.from({ length: 120 }, (_, index) =>
      entity(`pr${1000 + index} numb${index}`),
    );
    await people(entity("word 1"), entity("word 10"), entity("vitamin c"), ...many);
    const count = async (text: string) =>
      (await store().search(mine, { text, limit: 500 })).items.length;
    expect(await count("pr")).toBe(120);
    expect(await count("pr1")).toBe(120);
    expect(await count("numb")).toBe(120);
    expect(await found(store(), "word 1")).toEqual(["word 1"]);
    expect(await found(store(), "vitamin c")).toEqual(["vitamin c"]);
    expect(await found(store(), "vitamin m")).toEqual([]);
    expect((await found(store(), "wo")).sort()).toEqual(["Alice", "word 1", "word 10"]);
  });

  test("finds words that are written without spaces, and words of every script", async () => {
    await people(entity("旅行", "東京都に住んでいます"), entity("поездка", "пляж и море"));
    await store().createEntities(mine, [entity("यात्रा", "हिमालय की चढ़ाई")], ann);
    expect(await found(store(), "東京")).toEqual(["旅行"]);
    expect(await found(store(), "МОРЕ")).toEqual(["поездка"]);
    expect(await found(store(), "हिमालय")).toEqual(["यात्रा"]);
  });

  test("corrects a word that occurs nowhere, and says so", async () => {
    await people();
    const page = await store().search(mine, { text: "alice hikng", limit: 10 });
    expect(page.items.map((item) => item.entity.name)).toEqual(["Alice"]);
    expect(Object.keys(page.corrected)).toEqual(["hikng"]);
    expect(page.corrected.hikng).toContain("hiking");
    const swapped = await store().search(mine, { text: "voilin", limit: 10 });
    expect(swapped.items.map((item) => item.entity.name)).toEqual(["Bob"]);
    expect((await store().search(mine, { text: "hiking", limit: 10 })).corrected).toEqual({});
  });

  test("finds nothing for a word that resembles none", async () => {
    await people();
    const page = await store().search(mine, { text: "xylophone", limit: 10 });
    expect(page).toMatchObject({ items: [], corrected: {} });
  });

  test("puts names before types and tags, and those before facts", async () => {
    await store().createEntities(
      mine,
      [
        entity("first", "about a garden"),
        { ...entity("second"), tags: ["garden"] },
        entity("garden"),
        entity("fourth", "nothing to do with it"),
      ],
      ann,
    );
    expect(await found(store(), "garden")).toEqual(["garden", "second", "first"]);
  });

  test("puts the entity of that very name first, and finds beginnings of words too", async () => {
    const other = entity("Annabel", "an annalist of annals");
    await store().createEntities(
      mine,
      [other, entity("Bob", "knows Ann"), entity("Carl", "Ann Ann Ann"), entity("ann")],
      ann,
    );
    const order = await found(store(), "ann");
    expect(order[0]).toBe("ann");
    expect(order).toHaveLength(4);
  });

  test("puts the more important of equals first", async () => {
    const alike = [0.2, 0.9, 0.5].map((importance) => ({
      ...entity(`thing ${importance * 10}`, "a green bicycle"),
      importance,
    }));
    await store().createEntities(mine, alike, ann);
    expect(await found(store(), "bicycle")).toEqual(["thing 9", "thing 5", "thing 2"]);
  });

  test("shows where the words are, marked and short", async () => {
    const long = `${"before ".repeat(200)}a blue bicycle${" after".repeat(200)}`;
    await people(entity("long", "nothing here", long));
    const [item] = (await store().search(mine, { text: "bicycles", limit: 1 })).items;
    expect(item?.snippets.join()).toContain("blue **bicycle** after");
    expect(item?.snippets.join().length).toBeLessThan(400);
    expect(item?.snippets.join()).not.toContain("nothing");
    const [alice] = (await store().search(mine, { text: "hike doctor", limit: 1 })).items;
    expect(alice?.snippets).toContain("loves **hiking** in the Alps");
    expect(alice?.snippets).toContain("works as a **doctor**");
  });

  test("narrows by type and by tags", async () => {
    await people({ ...entity("Lake", "by a city"), entityType: "water", tags: ["travel"] });
    const names = async (search: { entityTypes?: string[]; tags?: string[] }) =>
      (await store().search(mine, { text: "city", limit: 10, ...search })).items
        .map((item) => item.entity.name)
        .sort();
    expect(await names({})).toEqual(["Lake", "Zürich"]);
    expect(await names({ entityTypes: ["water", "none"] })).toEqual(["Lake"]);
    expect(await names({ tags: ["travel"] })).toEqual(["Lake", "Zürich"]);
    expect(await names({ tags: ["travel", "home"] })).toEqual(["Zürich"]);
    expect(await names({ entityTypes: ["water"], tags: ["home"] })).toEqual([]);
  });

  test("pages through what it found, each once", async () => {
    const many = Array.from({ length: 25 }, (_, index) => entity(`e${index}`, "a common word"));
    await store().createEntities(mine, many, ann);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await store().search(mine, { text: "common", limit: 10, after });
      seen.push(...page.items.map((item) => item.entity.name));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
  });

  test("sees every change at once", async () => {
    await store().createEntities(mine, [entity("a", "red")], ann);
    await store().addObservations(mine, [{ entityName: "a", contents: ["green"] }], ann);
    expect(await found(store(), "red green")).toEqual(["a"]);
    await store().deleteObservations(mine, [{ entityName: "a", observations: ["red"] }], ann);
    expect(await found(store(), "red")).toEqual([]);
    await store().updateEntities(mine, [{ name: "a", newName: "renamed", addTags: ["blue"] }], ann);
    expect(await found(store(), "renamed blue green")).toEqual(["renamed"]);
    await store().deleteEntities(mine, ["renamed"], ann);
    expect(await found(store(), "green")).toEqual([]);
  });

  test("gives the whole entity with what it found", async () => {
    await people();
    const [item] = (await store().search(mine, { text: "violin", limit: 1 })).items;
    const [bob] = await store().openEntities(mine, ["Bob"], {});
    expect(item?.entity).toEqual(bob);
    expect(item?.score).toBeGreaterThan(0);
  });

  test("says at its end when more may match than it ranks", { timeout: 60_000 }, async () => {
    const all = Array.from({ length: 10_001 }, (_, at) =>
      entity(`e${at}`, ...["apple", ...(at < 3 ? ["pear"] : [])]),
    );
    await store().createEntities(mine, all.slice(0, 10_000), ann);
    await store().createEntities(mine, all.slice(10_000), ann);
    const cuts: boolean[] = [];
    const names = new Set<string>();
    for (let after: string | undefined; ; ) {
      const page = await store().search(mine, { text: "apple", limit: 1_000, after });
      for (const { entity } of page.items) names.add(entity.name);
      cuts.push(page.cut);
      after = page.next;
      if (after === undefined) break;
    }
    expect(names.size).toBeGreaterThanOrEqual(1_000);
    expect(names.size).toBeLessThan(all.length);
    expect(cuts).toEqual([...cuts.slice(1).map(() => false), true]);
    const few = await store().search(mine, { text: "apple pear", limit: 10 });
    expect([few.items.length, few.cut]).toEqual([3, false]);
  });

  test("refuses more words than it can search at once", async () => {
    const text = Array.from({ length: 33 }, (_, index) => `word${index}`).join(" ");
    await expect(store().search(mine, { text, limit: 1 })).rejects.toMatchObject({
      code: "invalid",
    });
  });

  test("takes any text for words, never for a query language", async () => {
    await people();
    const operators = fc.constantFrom(
      ...[
        '"',
        "*",
        "(",
        ")",
        ":",
        "^",
        "-",
        "+",
        "{",
        "}",
        "'",
        "\\",
        "|",
        "&",
        "!",
        "<->",
        "%",
        "_",
      ],
      ...[
        "AND",
        "OR",
        "NOT",
        "NEAR(a b, 2)",
        "name:",
        "alice",
        "hiking",
        " ",
        "\0",
        "\ud800",
        ":*",
      ],
    );
    const text = fc.oneof(
      fc.array(operators, { minLength: 1, maxLength: 12 }).map((parts) => parts.join("")),
      fc.string({ unit: "binary", minLength: 1, maxLength: 20 }),
    );
    await fc.assert(
      fc.asyncProperty(text, async (query) => {
        const page = await store().search(mine, { text: query, limit: 5 });
        expect(page.items.length).toBeLessThanOrEqual(3);
      }),
      { seed: 4, numRuns: 200 },
    );
    expect(await found(store(), 'NOT "alice" AND (hiking*')).toEqual([]);
    expect(await found(store(), 'name:"Alice"* -hiking')).toEqual([]);
    expect(await found(store(), '"Alice"* (hiking)')).toEqual(["Alice"]);
  });
}
