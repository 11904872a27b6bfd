import { describe, expect, test } from "vitest";
import { oauth } from "../../src/client/index.ts";
import { authority } from "./authority.ts";
import { person } from "./person.ts";
import { call, resourceServer } from "./resource-server.ts";

const PRM = "/.well-known/oauth-protected-resource";
const OAUTH = "/.well-known/oauth-authorization-server";
const OIDC = "/.well-known/openid-configuration";

const pathsOf = (seen: readonly { url: URL }[], part: string) =>
  seen.map(({ url }) => url.pathname).filter((path) => path.includes(part));

describe("metadata of the MCP server", () => {
  test("is fetched from where the challenge says, and nowhere else", async () => {
    const granter = await authority();
    const server = await resourceServer({
      issuers: () => [granter.issuer],
      metadataAt: "/elsewhere.json",
      challenge: "",
      judge: () => undefined,
    });
    const signer = oauth({ server: server.url, grant: person() });
    const headers = new Headers({
      "www-authenticate": `Bearer resource_metadata="${server.origin}/elsewhere.json"`,
    });
    const refused = { method: "POST", url: new URL(server.url), status: 401, headers, signed: {} };
    expect(await signer.refused(refused)).toBe(true);
    expect(await call(signer, server.url)).toBe(200);
    expect(pathsOf(server.seen, "well-known")).toEqual([]);
  });

  test("is looked for under the server's path and then at the root", async () => {
    const granter = await authority();
    const server = await resourceServer({ issuers: () => [granter.issuer], metadataAt: PRM });
    expect(await call(oauth({ server: server.url, grant: person() }), server.url)).toBe(200);
    expect(pathsOf(server.seen, "protected-resource")).toEqual([`${PRM}/mcp`, PRM]);
  });

  test("of another resource is refused", async () => {
    const granter = await authority();
    const issuers = () => [granter.issuer];
    for (const resource of [
      "https://evil.example/mcp",
      "http://127.0.0.1:1/mcp",
      "/mcp",
      (await resourceServer({})).url,
    ]) {
      const server = await resourceServer({ issuers, metadata: { resource } });
      const calling = call(oauth({ server: server.url, grant: person() }), server.url);
      await expect(calling).rejects.toThrow("presents the metadata of another resource");
    }
    expect(granter.seen).toEqual([]);
  });

  test("that covers a sibling whose name begins alike is refused", async () => {
    const server = await resourceServer({ path: "/mcp-admin" });
    const granter = await authority();
    const sibling = await resourceServer({
      path: "/mcp-admin",
      issuers: () => [granter.issuer],
      metadata: { resource: server.url.replace("-admin", "") },
    });
    const calling = call(oauth({ server: sibling.url, grant: person() }), sibling.url);
    await expect(calling).rejects.toThrow("another resource");
  });

  test("that fails is no reason to fall back to an older revision", async () => {
    const server = await resourceServer({ other: () => ({ status: 503 }) });
    const calling = call(oauth({ server: server.url, grant: person() }), server.url);
    await expect(calling).rejects.toThrow("cannot be had (status 503)");
    expect(pathsOf(server.seen, "authorization-server")).toEqual([]);
  });

  test("is not a page that the server shows for every path", async () => {
    const granter = await authority();
    const page = { headers: { "content-type": "text/html" }, json: "<html>" };
    const server = await resourceServer({
      issuers: () => [granter.issuer],
      metadataAt: PRM,
      other: () => page,
    });
    expect(await call(oauth({ server: server.url, grant: person() }), server.url)).toBe(200);
  });

  test("without an authorization server is refused", async () => {
    const server = await resourceServer({ issuers: () => [] });
    const calling = call(oauth({ server: server.url, grant: person() }), server.url);
    await expect(calling).rejects.toThrow("lacks a resource or authorization_servers");
  });
});

describe("metadata of the authorization server", () => {
  test.each([
    ["", [OAUTH]],
    ["", [OAUTH, OIDC]],
    ["/tenant", [`${OAUTH}/tenant`]],
    ["/tenant", [`${OAUTH}/tenant`, `${OIDC}/tenant`]],
    ["/tenant", [`${OAUTH}/tenant`, `${OIDC}/tenant`, `/tenant${OIDC}`]],
  ])("of an issuer with path %j is asked for at %j in this order", async (path, tried) => {
    const granter = await authority({ path, metadataAt: tried.slice(-1) });
    const server = await resourceServer({ issuers: () => [granter.issuer] });
    expect(await call(oauth({ server: server.url, grant: person() }), server.url)).toBe(200);
    expect(pathsOf(granter.seen, "well-known")).toEqual(tried);
  });

  test.each(["https://honest.example", undefined, 5])(
    "that gives its issuer as %j is not used",
    async (issuer) => {
      const granter = await authority({ metadata: { issuer } });
      const server = await resourceServer({ issuers: () => [granter.issuer] });
      const calling = call(oauth({ server: server.url, grant: person() }), server.url);
      await expect(calling).rejects.toThrow("that of another authorization server");
      expect(granter.authorizations()).toEqual([]);
    },
  );

  test("with a slash more than the issuer named is not used", async () => {
    const granter = await authority();
    const server = await resourceServer({ issuers: () => [`${granter.issuer}/`] });
    const calling = call(oauth({ server: server.url, grant: person() }), server.url);
    await expect(calling).rejects.toThrow("that of another authorization server");
  });

  test("is not looked for anywhere else when there is none", async () => {
    const granter = await authority({ path: "/tenant", metadataAt: [] });
    const server = await resourceServer({ issuers: () => [granter.issuer] });
    const calling = call(oauth({ server: server.url, grant: person() }), server.url);
    await expect(calling).rejects.toThrow("publishes no metadata");
    expect(granter.seen).toHaveLength(3);
  });

  test("is that of the issuer a client is registered with, where several are named", async () => {
    const [first, second] = [await authority(), await authority()];
    const server = await resourceServer({ issuers: () => [first.issuer, second.issuer] });
    const grant = person({ client: { clientId: "registered", issuer: second.issuer } });
    expect(await call(oauth({ server: server.url, grant }), server.url)).toBe(200);
    expect(first.seen).toEqual([]);
    expect(second.authorizations()).toMatchObject([{ client_id: "registered" }]);
  });
});

describe("a server of 2025-03-26, which publishes nothing of itself", () => {
  test("has its authorization server's metadata at its own root", async () => {
    const granter = await authority({ response: (parameters) => parameters.delete("iss") });
    const server = await resourceServer({
      other: ({ url }) =>
        url.pathname === OAUTH ? { json: ownMetadata(url.origin, granter.issuer) } : undefined,
    });
    expect(await call(oauth({ server: server.url, grant: person() }), server.url)).toBe(200);
    expect(granter.authorizations()).toMatchObject([{ resource: server.url }]);
  });

  test("has endpoints at fixed paths when it has no metadata at all", async () => {
    const server = await resourceServer({
      other: ({ url: { pathname, searchParams } }) => {
        if (pathname === "/register") return { status: 201, json: { client_id: "c" } };
        if (pathname === "/token") {
          return { json: { access_token: "token", token_type: "Bearer" } };
        }
        if (pathname !== "/authorize") return undefined;
        const location = `${searchParams.get("redirect_uri")}?code=c&state=${searchParams.get("state")}`;
        return { status: 302, headers: { location } };
      },
    });
    expect(await call(oauth({ server: server.url, grant: person() }), server.url)).toBe(200);
    expect(pathsOf(server.seen, "")).toEqual(
      expect.arrayContaining([OAUTH, "/register", "/authorize", "/token"]),
    );
  });

  function ownMetadata(origin: string, endpoints: string) {
    return {
      issuer: origin,
      authorization_endpoint: `${endpoints}/authorize`,
      token_endpoint: `${endpoints}/token`,
      registration_endpoint: `${endpoints}/register`,
      code_challenge_methods_supported: ["S256"],
    };
  }
});
