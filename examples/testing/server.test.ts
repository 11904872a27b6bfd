// The server meets a mock client: real in all but its user, whose answers are given here.
import { REVISIONS } from "@portico/core";
import { accept, connect, decline } from "@portico/core/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { shopping } from "./server.ts";
import { ShoppingList } from "./shopping-list.ts";

describe.each(REVISIONS)("on %s", (revision) => {
  test("adds, and tells the model what it should have given", async () => {
    const list = new ShoppingList();
    const client = await connect(shopping(list), { revision });
    onTestFinished(() => client.close());
    const { content } = await client.callTool("add", { thing: "eggs", pieces: 6 });
    expect(content).toEqual([{ type: "text", text: "6 eggs" }]);
    const refused = await client.callTool("add", { thing: "milk", pieces: 0 });
    expect(refused).toMatchObject({
      isError: true,
      content: [{ type: "text", text: "Add at least one piece." }],
    });
    expect(list.lines()).toEqual(["6 eggs"]);
  });
});

// Servers ask users since 2025-06-18.
describe.each(REVISIONS.filter((revision) => revision >= "2025-06-18"))("on %s", (revision) => {
  test.each([
    ["accepts", accept(), []],
    ["declines", decline(), ["6 eggs"]],
  ])("empties the list only if the user agrees: the user %s", async (_, sure, left) => {
    const list = new ShoppingList();
    list.add("eggs", 6);
    const client = await connect(shopping(list), { revision, over: "http", answers: { sure } });
    onTestFinished(() => client.close());
    await client.callTool("clear");
    expect(list.lines()).toEqual(left);
  });
});
