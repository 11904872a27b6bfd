import { expect, test } from "vitest";
import { textOf } from "./content.ts";
import type { Visit } from "./everything.ts";

/** What the server tells without being asked: changed lists and resources. */
export function testChanges(visit: Visit): void {
  test("a new tool is announced, listed and called", async () => {
    const name = textOf(await visit.peer.callTool("grow"));
    const [list, names] = await visit.lists.next();
    expect([list, names]).toEqual(["tools", expect.arrayContaining([name])]);
    expect(textOf(await visit.peer.callTool(name))).toBe("new here");
  });

  test.each(["prompts", "resources"])("a changed list of %s is announced", async (list) => {
    await visit.peer.callTool("announce", { list });
    expect((await visit.lists.next())[0]).toBe(list);
  });

  test("a changed resource is announced to who subscribed, until it had enough", async () => {
    const uri = "note://current";
    const stop = await visit.peer.watch(uri);
    await visit.peer.callTool("write", { note: "second" });
    expect(await visit.updated.next()).toBe(uri);
    expect((await visit.peer.readResource(uri)).contents).toMatchObject([{ text: "second" }]);
    await stop();
    await visit.peer.callTool("write", { note: "third" });
    // Notifications come in order: after a whole round trip, one that was sent would be here.
    await visit.peer.callTool("add", { a: 1, b: 1 });
    expect(visit.updated.takeAll()).toEqual([]);
  });
}
