import { expect, test } from "vitest";
import { connect } from "../../src/index.ts";
import { host, legacy, ScriptedServer } from "../client/scripted-server.ts";

test("a resource is subscribed to again only after the server let go of it, since requests may overtake", async () => {
  const letGo = Promise.withResolvers<object>();
  const server = new ScriptedServer(
    legacy({
      "resources/subscribe": () => ({}),
      "resources/unsubscribe": () => letGo.promise,
    }),
  );
  await using client = await connect(server.transport, { ...host, era: "legacy" });
  (await client.subscribe({ uris: ["a://b"] })).close();
  await server.received("resources/unsubscribe");
  const again = client.subscribe({ uris: ["a://b"] });
  await client.ping();
  expect(server.got("resources/subscribe")).toHaveLength(1);
  letGo.resolve({});
  expect((await again).granted.uris).toEqual(["a://b"]);
  expect(server.got("resources/subscribe")).toHaveLength(2);
});
