import { describe, expect, test } from "vitest";
import { headless, memoryStore, oauth } from "../../src/client/index.ts";
import { authority } from "./authority.ts";
import { person, REDIRECT_URI } from "./person.ts";
import { call, refusal, resourceServer } from "./resource-server.ts";

const METADATA_URL = "https://app.example/client.json";
const registered = { clientId: "by-hand", clientSecret: "by-hand-secret" };

async function scene(metadata: Record<string, unknown>, options: Parameters<typeof person>[0]) {
  const granter = await authority({ metadata });
  const server = await resourceServer({ issuers: () => [granter.issuer] });
  const signer = oauth({ server: server.url, grant: person(options) });
  return { granter, run: () => call(signer, server.url) };
}

describe("the client is", () => {
  const takesUrls = { client_id_metadata_document_supported: true };
  test.each([
    ["registered by hand, when it is", "by-hand", takesUrls, { client: registered }],
    ["its metadata document, where that is read", METADATA_URL, takesUrls, {}],
    ["registered dynamically, where that is not read", "client-1", {}, {}],
  ])("%s", async (_, clientId, metadata, options) => {
    const { granter, run } = await scene(metadata, { metadataUrl: METADATA_URL, ...options });
    expect(await run()).toBe(200);
    expect(granter.authorizations()).toMatchObject([{ client_id: clientId }]);
    expect(granter.registrations()).toHaveLength(clientId === "client-1" ? 1 : 0);
  });

  test("asked of the user when there is no other way", async () => {
    const { run } = await scene({ registration_endpoint: undefined }, {});
    await expect(run()).rejects.toThrow("register this client there and configure its id");
  });
});

test("a client that registers says what it is and what it will do", async () => {
  const { granter, run } = await scene({}, {});
  await run();
  expect(granter.registrations()).toEqual([
    {
      client_name: "Portico test",
      redirect_uris: [REDIRECT_URI],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
      application_type: "native",
    },
  ]);
});

test("a refused registration is explained", async () => {
  const granter = await authority({
    register: () => ({
      status: 400,
      json: { error: "invalid_redirect_uri", error_description: "native apps only" },
    }),
  });
  const server = await resourceServer({ issuers: () => [granter.issuer] });
  const calling = call(oauth({ server: server.url, grant: person() }), server.url);
  await expect(calling).rejects.toThrow(
    "refused to register this client with invalid_redirect_uri (native apps only); register it there by hand",
  );
});

test("a registration whose secret has expired is made anew", async () => {
  const token = () => ({ json: { access_token: "access-1", token_type: "Bearer" } });
  const expiring = (asked: Record<string, unknown>) => ({
    status: 201,
    json: { ...asked, client_id: "c", client_secret: "s", client_secret_expires_at: 1 },
  });
  const granter = await authority({ token, register: expiring });
  const server = await resourceServer({ issuers: () => [granter.issuer] });
  const store = memoryStore();
  const headers = new Headers();
  const signed = { authorization: "Bearer access-1" };
  for (const _ of [1, 2]) {
    const signer = oauth({ server: server.url, grant: person(), store });
    await signer.refused({
      method: "POST",
      url: new URL(server.url),
      status: 401,
      headers,
      signed,
    });
  }
  expect(granter.registrations()).toHaveLength(2);
});

test("two clients that share a store register once", async () => {
  const granter = await authority();
  const store = memoryStore();
  const servers = [
    await resourceServer({ issuers: () => [granter.issuer] }),
    await resourceServer({ issuers: () => [granter.issuer] }),
  ];
  const calls = servers.map(({ url }) => call(oauth({ server: url, grant: person(), store }), url));
  expect(await Promise.all(calls)).toEqual([200, 200]);
  expect(granter.registrations()).toHaveLength(1);
});

test("a client that can no longer be reached where it is registered registers anew", async () => {
  const token = () => ({ json: { access_token: "access-1", token_type: "Bearer" } });
  const granter = await authority({ token });
  const store = memoryStore();
  const server = await resourceServer({ issuers: () => [granter.issuer] });
  for (const uri of [REDIRECT_URI, "http://127.0.0.1:9/other"]) {
    const redirect = headless({ redirectUri: uri });
    const signer = oauth({ server: server.url, grant: person({ redirect }), store });
    await signer.refused({
      method: "POST",
      url: new URL(server.url),
      status: 401,
      headers: new Headers(),
      signed: { authorization: "Bearer access-1" },
    });
  }
  expect(granter.registrations()).toHaveLength(2);
});

describe("when the MCP server moves to another authorization server", () => {
  async function moving(options?: Parameters<typeof person>[0]) {
    const [first, second] = [await authority(), await authority()];
    let issuer = first.issuer;
    const server = await resourceServer({
      issuers: () => [issuer],
      judge: () =>
        issuer === second.issuer && second.tokenRequests().length === 0
          ? refusal('Bearer error="invalid_token"')
          : undefined,
    });
    const signer = oauth({ server: server.url, grant: person(options) });
    expect(await call(signer, server.url)).toBe(200);
    issuer = second.issuer;
    return { first, second, run: () => call(signer, server.url) };
  }

  test("the client registers there, and nothing of the first is sent to it", async () => {
    const { first, second, run } = await moving();
    expect(await run()).toBe(200);
    expect(second.registrations()).toHaveLength(1);
    const everything = JSON.stringify(
      second.seen.map(({ url, body, headers }) => [url, body, headers]),
    );
    expect(everything).not.toMatch(/refresh-1|access-1/);
    expect(first.tokenRequests()).toHaveLength(1);
  });

  test("credentials made by hand are not sent there, but asked for", async () => {
    const { second, run } = await moving({ client: registered });
    await expect(run()).rejects.toThrow("client by-hand is registered with");
    expect(second.authorizations()).toEqual([]);
    expect(second.tokenRequests()).toEqual([]);
  });

  test("a metadata document serves there too", async () => {
    const { first, run } = await moving({ metadataUrl: METADATA_URL });
    expect(await run()).toBe(200);
    expect(first.authorizations()).toHaveLength(1);
  });
});

test.each(["http://app.example/client.json", "https://app.example", "client.json"])(
  "a metadata document at %j is refused at once",
  (metadataUrl) => {
    expect(() => person({ metadataUrl })).toThrow("must be an https URL with a path");
  },
);
