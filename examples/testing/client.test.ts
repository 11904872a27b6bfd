// The client meets a mock server: it answers what it is told to, right or wrong, and remembers what it got.
import { connect } from "@portico/core";
import { type MockReply, MockServer } from "@portico/core/testing";
import { expect, onTestFinished, test } from "vitest";
import { addAll } from "./add-all.ts";

async function meet(reply: MockReply) {
  const server = new MockServer({ replies: { "tools/call": reply } });
  const clientInfo = { name: "test", version: "1.0.0" };
  const client = await connect(server.transport, { clientInfo });
  onTestFinished(() => client.close());
  return { server, client };
}

test("everything is asked for, and what failed is named", async () => {
  const { server, client } = await meet(({ arguments: args }) => ({
    resultType: "complete",
    content: [],
    isError: (args as { thing: string }).thing === "salt",
  }));
  expect(await addAll(client, { eggs: 6, salt: 0 })).toEqual(["salt"]);
  const asked = await server.got("tools/call", 2);
  expect(asked).toMatchObject([
    { name: "add", arguments: { thing: "eggs", pieces: 6 } },
    { name: "add", arguments: { thing: "salt", pieces: 0 } },
  ]);
});

test("nonsense from a server is an error, not a success", async () => {
  const { client } = await meet(() => ({ resultType: "complete", content: "none" }));
  await expect(addAll(client, { eggs: 6 })).rejects.toMatchObject({ name: "InvalidResponse" });
});
