import { expect, test } from "vitest";
import { connect, defineServer, httpClient, REVISIONS, s, tool } from "../../src/index.ts";
import { serveHttp } from "../../src/node.ts";
import { connect as connectInProcess } from "../../src/testing/index.ts";

const echo = defineServer({
  name: "echo",
  version: "1.0.0",
  tools: [
    tool({
      name: "header",
      description: "Says a header.",
      input: s.object({ name: s.string() }),
      run: ({ name }, ctx) => ctx.header(name) ?? "none",
    }),
  ],
});

test.each(REVISIONS)(
  "a handler reads headers of its request on %s, but no credential",
  async (revision) => {
    const served = await serveHttp(echo);
    const headers = { "X-Mine": "yes", Authorization: "Bearer secret", Cookie: "a=b" };
    const clientInfo = { name: "test", version: "1.0.0" };
    const client = await connect(httpClient(served.url, { headers }), { clientInfo, revision });
    const read = async (name: string) => (await client.callTool("header", { name })).content;
    expect(await read("x-mine")).toMatchObject([{ text: "yes" }]);
    expect(await read("X-Other")).toMatchObject([{ text: "none" }]);
    expect(await read("Authorization")).toMatchObject([{ text: "none" }]);
    expect(await read("cookie")).toMatchObject([{ text: "none" }]);
    await client.close();
    await served.close();
  },
);

test("there are none where a call came by no HTTP", async () => {
  await using client = await connectInProcess(echo);
  const { content } = await client.callTool("header", { name: "x-mine" });
  expect(content).toMatchObject([{ text: "none" }]);
});
