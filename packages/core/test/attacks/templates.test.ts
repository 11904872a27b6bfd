import { describe, expect, test } from "vitest";
import {
  type Client,
  connect,
  defineServer,
  httpClient,
  type Revision,
  resourceTemplate,
} from "../../src/index.ts";
import { serveHttp } from "../../src/node.ts";

// CVE-2026-0621: templates like these, and a URI of some kilobytes, cost the official SDK minutes.
const TEMPLATES = [
  "a://x{/id*}",
  "b://x{?tags*}",
  "c://{+one}/{+two}/{+three}",
  "d://{one}{two}{three}{four}",
  "e://x{/a*}{/b*}{/c*}",
  "f://{+a},{+b},{+c},{+d},{+e}",
];

/** URIs of about `long` characters, each for one of the templates. */
const hostile = (long: number) => [
  `a://x${"/".repeat(long)}!`,
  `a://x${"/a".repeat(long / 2)}\n`,
  `b://x?${"tags=a&".repeat(long / 7)}!`,
  `c://${"/".repeat(long)}\0`,
  `d://${"a".repeat(long)}/`,
  `e://x${"/,".repeat(long / 2)} `,
  `f://${",".repeat(long)}\n`,
  `f://${"%2c,".repeat(long / 4)}%`,
];

/** A server that could be made to read hostile URIs by any of its templates. */
async function open(revision: Revision): Promise<{ readonly client: Client } & AsyncDisposable> {
  const resources = TEMPLATES.map((uriTemplate, n) =>
    resourceTemplate({ uriTemplate, name: `template-${n}`, read: () => "read" }),
  );
  const server = await serveHttp(defineServer({ name: "subject", version: "1.0.0", resources }));
  const clientInfo = { name: "attacker", version: "1.0.0" };
  const client = await connect(httpClient(server.url), { clientInfo, revision });
  return {
    client,
    async [Symbol.asyncDispose]() {
      await client.close();
      await server.close();
    },
  };
}

describe.each([
  { revision: "2025-11-25", long: 60_000 },
  // A header repeats the URI here, and no server takes headers of that size.
  { revision: "2026-07-28", long: 4_000 },
] as const)("URIs made to keep a template busy on $revision (T3)", ({ revision, long }) => {
  test("are all answered, and the server goes on answering others", async () => {
    await using site = await open(revision);
    const attacks = hostile(long).map((uri) =>
      site.client.readResource(uri).then(
        () => "read",
        (error) => error.code,
      ),
    );
    const harmless = await site.client.readResource("a://x/1/2");
    expect(harmless.contents).toMatchObject([{ text: "read" }]);
    for (const outcome of await Promise.all(attacks)) {
      expect(["read", -32002, -32602]).toContain(outcome);
    }
  });

  test("do no more as what is subscribed to, or completed", async () => {
    await using site = await open(revision);
    const uris = hostile(long);
    await site.client.subscribe({ uris }).then(
      (subscription) => subscription.close(),
      (error) => expect([-32002, -32602]).toContain(error.code),
    );
    const argument = { name: "id", value: "a/".repeat(long) };
    const ref = { type: "ref/resource", uri: uris[0] ?? "" } as const;
    await expect(site.client.complete({ ref, argument })).rejects.toThrow();
  });
});
