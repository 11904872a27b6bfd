import { afterAll, beforeEach, describe } from "vitest";
import type { GraphStore } from "../../src/graph/store.ts";
import { deleting } from "./deleting.ts";
import { following } from "./following.ts";
import { importing } from "./importing.ts";
import { importingLines } from "./importing-lines.ts";
import { likeModel } from "./like-model.ts";
import { meaning } from "./meaning.ts";
import { projects } from "./projects.ts";
import { reading } from "./reading.ts";
import { refusing } from "./refusing.ts";
import { remembering } from "./remembering.ts";
import { searching } from "./searching.ts";
import type { OpenStore } from "./support.ts";
import { takingOver } from "./taking-over.ts";
import { watching } from "./watching.ts";
import { writing } from "./writing.ts";

/** Gives the store of the running test; each test has an empty one. */
export type TheStore = () => GraphStore;

/** Everything a `GraphStore` promises, as tests. `open` gives an empty store each time. */
export function storeSuite(name: string, open: OpenStore): void {
  describe(name, () => {
    let opened: { store: GraphStore; close: () => Promise<void> } | undefined;
    const close = async () => {
      await opened?.close();
      opened = undefined;
    };
    beforeEach(async () => {
      await close();
      opened = await open();
    });
    afterAll(close);
    const store: TheStore = () => {
      if (opened === undefined) throw new Error("No store is open.");
      return opened.store;
    };

    describe("writing", () => writing(store));
    describe("refusing", () => refusing(store));
    describe("deleting, merging and restoring", () => deleting(store));
    describe("reading", () => reading(store));
    describe("following relations", () => following(store));
    describe("searching", () => searching(store));
    describe("searching by meaning", () => meaning(store));
    describe("remembering what was", () => remembering(store));
    describe("importing and exporting", () => importing(store));
    describe("importing several lines on one thing", () => importingLines(store));
    describe("taking a file over", () => takingOver(store));
    describe("projects", () => projects(store));
    describe("watching", () => watching(store));
    describe("any commands", () => likeModel(open));
  });
}
