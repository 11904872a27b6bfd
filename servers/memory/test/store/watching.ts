import { expect, test, vi } from "vitest";
import type { Changed } from "../../src/graph/types.ts";
import type { TheStore } from "./suite.ts";
import { ann, chain, entity, mine, relation } from "./support.ts";

export function watching(store: TheStore): void {
  test("hears which entities a write concerned, and in which project", async () => {
    const heard: Changed[] = [];
    const stop = store().watch((change) => heard.push(change));
    try {
      const elsewhere = { owner: "ann", project: "other" };
      await chain(store(), "a", "b");
      await store().createEntities(elsewhere, [entity("c")], ann);
      await vi.waitFor(() => {
        expect(namesOf(heard, "default")).toEqual(["a", "b"]);
        expect(namesOf(heard, "other")).toEqual(["c"]);
      });
      heard.length = 0;
      await store().deleteRelations(mine, [relation("a", "next", "b")], ann);
      await vi.waitFor(() => expect(namesOf(heard, "default")).toEqual(["a", "b"]));
    } finally {
      stop();
    }
  });

  test("hears nothing any more once it stopped", async () => {
    const heard: Changed[] = [];
    const early = store().watch((change) => heard.push(change));
    const late: Changed[] = [];
    const stop = store().watch((change) => late.push(change));
    early();
    await store().createEntities(mine, [entity("a")], ann);
    await vi.waitFor(() => expect(namesOf(late, "default")).toEqual(["a"]));
    stop();
    expect(heard).toEqual([]);
  });

  test("still tells others when one of them fails", async () => {
    const heard: Changed[] = [];
    const failing = store().watch(() => {
      throw new Error("A listener failed.");
    });
    const stop = store().watch((change) => heard.push(change));
    try {
      await store().createEntities(mine, [entity("a")], ann);
      await vi.waitFor(() => expect(namesOf(heard, "default")).toEqual(["a"]));
    } finally {
      failing();
      stop();
    }
  });

  test("names no entities when a write concerned a great many", async () => {
    const heard: Changed[] = [];
    const stop = store().watch((change) => heard.push(change));
    try {
      const many = Array.from({ length: 2000 }, (_, index) => entity(`e${index}`));
      await store().createEntities(mine, many, ann);
      await vi.waitFor(() => expect(heard.some(({ names }) => names === undefined)).toBe(true));
    } finally {
      stop();
    }
  });
}

function namesOf(heard: readonly Changed[], project: string): string[] {
  const ours = heard.filter(({ scope }) => scope.project === project);
  return [...new Set(ours.flatMap(({ names }) => names ?? []))].sort();
}
