import type { Resource } from "@portico/core";
import { expect, test } from "vitest";
import type { Peer } from "../peers/peer.ts";
import type { Visit } from "./everything.ts";

/** Every resource, however many pages there are. */
async function listAll(peer: Peer): Promise<Resource[]> {
  const all: Resource[] = [];
  let cursor: string | undefined;
  do {
    const page = await peer.listResources(cursor);
    all.push(...page.resources);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
}

/** Reading what the server has: text, bytes, templates, pages. */
export function testResources(visit: Visit): void {
  const { revision } = visit;

  test("resources are listed in pages and described", async () => {
    const resources = await listAll(visit.peer);
    const uris = [
      "note://current",
      "pixel://one",
      ..."abcde".split("").map((id) => `item://${id}`),
    ];
    expect(resources.map(({ uri }) => uri)).toEqual(uris);
    const [note] = resources;
    expect(note).toMatchObject({
      name: "note",
      description: "What was written last.",
      mimeType: "text/plain",
      size: 5,
      annotations: { audience: ["assistant"], priority: 1 },
    });
    expect(note?.title).toBe(revision >= "2025-06-18" ? "The note" : undefined);
    expect(note?.icons?.length).toBe(revision >= "2025-11-25" ? 1 : undefined);
  });

  test("a cursor nobody gave is refused", async () => {
    await expect(visit.peer.listResources("made-up")).rejects.toMatchObject({ code: -32602 });
  });

  test("text and bytes are read", async () => {
    expect((await visit.peer.readResource("note://current")).contents).toEqual([
      { uri: "note://current", mimeType: "text/plain", text: "first" },
    ]);
    expect((await visit.peer.readResource("pixel://one")).contents).toMatchObject([
      { mimeType: "image/png", blob: expect.stringMatching(/^iVBOR/) },
    ]);
  });

  test("a member of a family is read by its template", async () => {
    const [template] = await visit.peer.listResourceTemplates();
    expect(template).toMatchObject({ uriTemplate: "item://{id}", mimeType: "application/json" });
    const { contents } = await visit.peer.readResource("item://c");
    expect(contents).toMatchObject([{ text: '{"id":"c"}' }]);
  });

  test("an unknown resource is told apart from other errors", async () => {
    const code = visit.missingResource;
    await expect(visit.peer.readResource("item://z")).rejects.toMatchObject({ code });
    await expect(visit.peer.readResource("nothing://here")).rejects.toMatchObject({ code });
  });

  test("a variable of a template completes", async () => {
    const ref = { type: "ref/resource", uri: "item://{id}" } as const;
    const { completion } = await visit.peer.complete({ ref, argument: { name: "id", value: "d" } });
    expect(completion.values).toEqual(["d"]);
  });
}
