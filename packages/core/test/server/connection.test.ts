import { describe, expect, onTestFinished, test } from "vitest";
import {
  type Client,
  connect,
  defineServer,
  httpClient,
  REVISIONS,
  tool,
} from "../../src/index.ts";
import { serveHttp } from "../../src/node.ts";
import { connect as connectInProcess } from "../../src/testing/index.ts";

/** A server whose tool tells the test by which connection it was called. */
function watched() {
  const seen: unknown[] = [];
  const look = tool({
    name: "look",
    description: "Shows the connection.",
    run(_, { connection }) {
      seen.push(connection);
      return "seen";
    },
  });
  const nested = tool({
    name: "nested",
    description: "Looks from inside of a call.",
    async run(_, ctx) {
      await ctx.call("look");
      return "seen";
    },
  });
  return { seen, server: defineServer({ name: "s", version: "1.0.0", tools: [look, nested] }) };
}

async function callFrom(...clients: Client[]): Promise<void> {
  for (const client of clients) {
    onTestFinished(() => client.close());
    await client.callTool("look");
    await client.callTool("nested");
  }
}

describe.each(REVISIONS)("the connection a handler sees with revision %s", (revision) => {
  test("is one and the same for all calls of a connection, and no other's", async () => {
    const { seen, server } = watched();
    await callFrom(
      await connectInProcess(server, { revision }),
      await connectInProcess(server, { revision }),
    );
    const [one, again, other, otherAgain] = seen;
    expect(one).toBe(again);
    expect(other).toBe(otherAgain);
    expect(one).not.toBe(other);
    expect(one).toEqual({});
  });

  test("is the session over HTTP, and nothing where there is none", async () => {
    const { seen, server } = watched();
    const served = await serveHttp(server);
    onTestFinished(() => served.close());
    const clientInfo = { name: "test", version: "1.0.0" };
    const open = () => connect(httpClient(served.url), { clientInfo, revision });
    await callFrom(await open(), await open());
    const isStateless = revision === REVISIONS.at(-1);
    expect(new Set(seen).size).toBe(isStateless ? 1 : 2);
    expect(seen[0] === undefined).toBe(isStateless);
    expect(seen[0]).toBe(seen[1]);
  });
});
