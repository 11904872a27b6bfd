import { describe, expect, test } from "vitest";
import { oauth } from "../../src/client/index.ts";
import { type AuthorityOptions, authority } from "./authority.ts";
import { person, REDIRECT_URI } from "./person.ts";
import { call, type ResourceServerOptions, resourceServer } from "./resource-server.ts";

async function scene(authorityOptions?: AuthorityOptions, server?: ResourceServerOptions) {
  const granter = await authority(authorityOptions);
  const resource = await resourceServer({ issuers: () => [granter.issuer], ...server });
  const signer = oauth({ server: resource.url, grant: person() });
  return { granter, resource, signer, run: () => call(signer, resource.url) };
}

test("a user is asked for with PKCE, state and the resource, and the code is traded with both", async () => {
  const { granter, resource, run } = await scene();
  expect(await run()).toBe(200);
  const [asked] = granter.authorizations();
  expect(asked).toMatchObject({
    response_type: "code",
    client_id: "client-1",
    redirect_uri: REDIRECT_URI,
    code_challenge_method: "S256",
    resource: resource.url,
  });
  expect(asked?.state).toMatch(/^[\w-]{43}$/);
  expect(asked).not.toHaveProperty("scope");
  const [traded] = granter.tokenRequests();
  expect(traded?.form).toMatchObject({
    grant_type: "authorization_code",
    code: "code-1",
    redirect_uri: REDIRECT_URI,
    client_id: "client-1",
    resource: resource.url,
  });
});

test("no two authorizations share a state or a proof key", async () => {
  const { granter, resource } = await scene();
  for (const _ of [1, 2]) {
    await call(oauth({ server: resource.url, grant: person() }), resource.url);
  }
  const [one, two] = granter.authorizations();
  expect(one?.state).not.toBe(two?.state);
  expect(one?.code_challenge).not.toBe(two?.code_challenge);
});

test.each(["", "/"])(
  "a resource published as the origin and %j is sent byte for byte",
  async (end) => {
    const granter = await authority();
    const holder = { resource: "" };
    const server = await resourceServer({
      issuers: () => [granter.issuer],
      metadata: {
        get resource() {
          return holder.resource;
        },
      },
    });
    holder.resource = server.origin + end;
    expect(await call(oauth({ server: server.url, grant: person() }), server.url)).toBe(200);
    expect(granter.authorizations()).toMatchObject([{ resource: server.origin + end }]);
    expect(granter.tokenRequests()[0]?.form.resource).toBe(server.origin + end);
  },
);

describe("the token", () => {
  test("is sent in the Authorization header of every request, and never to another origin", async () => {
    const { granter, resource, signer, run } = await scene();
    await run();
    await run();
    expect(resource.seen.slice(-2).map(({ headers }) => headers.authorization)).toEqual([
      "Bearer access-1",
      "Bearer access-1",
    ]);
    expect(granter.authorizations()).toHaveLength(1);
    const elsewhere = signer.sign({ method: "POST", url: new URL("https://elsewhere.example/") });
    await expect(elsewhere).rejects.toThrow("are not sent to https://elsewhere.example");
  });

  test("of a type no MCP server takes is refused", async () => {
    const token = () => ({ json: { access_token: "t", token_type: "mac" } });
    await expect((await scene({ token })).run()).rejects.toThrow("granted no token");
  });
});

describe("an authorization server", () => {
  test.each([undefined, [], ["plain"], "S256"])(
    "whose code_challenge_methods_supported is %j is refused before a user sees it",
    async (code_challenge_methods_supported) => {
      const { granter, run } = await scene({ metadata: { code_challenge_methods_supported } });
      await expect(run()).rejects.toThrow("does not say that it supports PKCE");
      expect(granter.authorizations()).toEqual([]);
      expect(granter.registrations()).toEqual([]);
    },
  );

  test.each([
    "javascript:alert(1)",
    "file:///etc/passwd",
    "http://elsewhere.example/authorize",
    "data:text/html,x",
    undefined,
  ])("whose page to authorize at is %j is refused", async (authorization_endpoint) => {
    const { run } = await scene({ metadata: { authorization_endpoint } });
    await expect(run()).rejects.toThrow("no page to authorize at that is safe to open");
  });
});

describe("a user who comes back", () => {
  const back = (change: (parameters: URLSearchParams) => void, advertised?: boolean) =>
    scene({
      response: change,
      metadata: { authorization_response_iss_parameter_supported: advertised },
    });

  test.each([true, undefined])("with the right issuer is taken (advertised: %j)", async (told) => {
    expect(await (await back(() => {}, told)).run()).toBe(200);
  });

  test("without an issuer is taken where none was promised", async () => {
    const { run } = await back((parameters) => parameters.delete("iss"));
    expect(await run()).toBe(200);
  });

  test.each([
    ["no", true, (p: URLSearchParams) => p.delete("iss")],
    ["another", true, (p: URLSearchParams) => p.set("iss", "https://evil.example")],
    ["another, unadvertised,", false, (p: URLSearchParams) => p.set("iss", "https://evil.example")],
    ["a slash more in the", true, (p: URLSearchParams) => p.set("iss", `${p.get("iss")}/`)],
    ["an upper-case", true, (p: URLSearchParams) => p.set("iss", `${p.get("iss")?.toUpperCase()}`)],
  ])("with %s issuer is turned away before the code is used", async (_, advertised, change) => {
    const { granter, run } = await back(change, advertised);
    await expect(run()).rejects.toThrow("an authorization server other than");
    expect(granter.tokenRequests()).toEqual([]);
  });

  test.each([
    (p: URLSearchParams) => p.delete("state"),
    (p: URLSearchParams) => p.set("state", "guessed"),
    (p: URLSearchParams) => p.append("state", "twice"),
  ])("with the state of another request is turned away", async (change) => {
    const { granter, run } = await back(change);
    await expect(run()).rejects.toThrow("an answer to another request");
    expect(granter.tokenRequests()).toEqual([]);
  });

  test("with an error is told so in printable words", async () => {
    const { run } = await back((parameters) => {
      parameters.delete("code");
      parameters.set("error", "access_denied");
      parameters.set("error_description", "No\u001b[31m thanks\u0000");
    });
    await expect(run()).rejects.toThrow(
      "Access was denied (No [31m thanks); authorize again to allow it.",
    );
  });

  test("with an error of another issuer is not shown it", async () => {
    const { run } = await back((parameters) => {
      parameters.set("iss", "https://evil.example");
      parameters.set("error", "call_0800_555");
      parameters.set("error_description", "Your computer is infected");
    });
    const error = await run().catch((reason: Error) => reason.message);
    expect(error).not.toMatch(/infected|call_|evil/);
  });
});

test("what was sent in secret is not repeated in an error, even where the server repeats it", async () => {
  const { run } = await scene({
    token: ({ form }) => ({
      status: 400,
      json: {
        error: "invalid_grant",
        error_description: `bad ${form.code} and ${form.code_verifier}`,
      },
    }),
  });
  await expect(run()).rejects.toThrow(
    "invalid_grant (bad [secret] and [secret]); authorize again.",
  );
});
