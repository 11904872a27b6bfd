import { describe, expect, test } from "vitest";
import { clientCredentials, oauth } from "../../src/client/index.ts";
import { type AuthorityOptions, authority } from "./authority.ts";
import { person } from "./person.ts";
import { call, type ResourceServerOptions, refusal, resourceServer } from "./resource-server.ts";

async function scene(authorityOptions: AuthorityOptions, server: ResourceServerOptions) {
  const granter = await authority(authorityOptions);
  const resource = await resourceServer({ issuers: () => [granter.issuer], ...server });
  const signer = oauth({ server: resource.url, grant: person() });
  const asked = () => granter.authorizations().map(({ scope }) => scope);
  return { granter, asked, signer, url: resource.url, run: () => call(signer, resource.url) };
}

describe("scopes asked for first", () => {
  const supported = { scopes_supported: ["read", "write"] };
  const offline = { scopes_supported: ["read", "offline_access"] };
  test.each([
    ["those of the challenge", 'Bearer scope="read"', supported, {}, "read"],
    ["all the server supports, without a challenge", "Bearer", supported, {}, "read write"],
    ["none, where the server names none", "Bearer", {}, {}, undefined],
    [
      "offline_access, where it is granted",
      'Bearer scope="read"',
      {},
      offline,
      "read offline_access",
    ],
    ["not offline_access alone", "Bearer", {}, offline, undefined],
  ])("are %s", async (_, challenge, metadata, granterMetadata, expected) => {
    const { run, asked } = await scene({ metadata: granterMetadata }, { challenge, metadata });
    expect(await run()).toBe(200);
    expect(asked()).toEqual([expected]);
  });

  test("come with a prompt for consent, without which offline_access is ignored", async () => {
    const { run, granter } = await scene(
      { metadata: offline },
      { challenge: 'Bearer scope="read"' },
    );
    await run();
    expect(granter.authorizations()).toMatchObject([{ prompt: "consent" }]);
  });

  test("do not include offline_access where there is no user", async () => {
    const granter = await authority({ metadata: offline });
    const server = await resourceServer({
      issuers: () => [granter.issuer],
      challenge: 'Bearer scope="read"',
    });
    const grant = clientCredentials({ clientId: "c", clientSecret: "s" });
    await call(oauth({ server: server.url, grant }), server.url);
    expect(granter.tokenRequests()[0]?.form.scope).toBe("read");
  });
});

describe("a server that wants more scopes", () => {
  test("is given a token for those asked before and those it names", async () => {
    const { run, asked } = await scene(
      {},
      {
        challenge: 'Bearer scope="read"',
        judge: (token) =>
          token === "Bearer access-1"
            ? refusal('Bearer error="insufficient_scope", scope="write admin"', 403)
            : undefined,
      },
    );
    expect(await run()).toBe(200);
    expect(asked()).toEqual(["read", "read write admin"]);
  });

  test("gets the user asked, not a refreshed token", async () => {
    const { run, granter } = await scene(
      {},
      {
        judge: (token) =>
          token === "Bearer access-1"
            ? refusal('Bearer error="insufficient_scope", scope="write"', 403)
            : undefined,
      },
    );
    await run();
    const grants = granter.tokenRequests().map(({ form }) => form.grant_type);
    expect(grants).toEqual(["authorization_code", "authorization_code"]);
  });

  test("and is never content makes the user authorize twice at most", async () => {
    const { run, asked } = await scene(
      {},
      {
        challenge: 'Bearer scope="admin"',
        judge: () => refusal('Bearer error="insufficient_scope", scope="admin"', 403),
      },
    );
    await expect(run()).rejects.toThrow("the scope admin, which was asked for and not granted");
    expect(asked()).toEqual(["admin", "admin"]);
    await expect(run()).rejects.toThrow("not granted");
    expect(asked()).toHaveLength(2);
  });

  test("gets one token for calls that want different scopes at once", async () => {
    const wants: Record<string, string> = { "/mcp": "write", "/mcp/": "admin" };
    const holds = new Map([["Bearer access-1", ["read"]]]);
    const { asked, signer, url } = await scene(
      {
        token: ({ form }, count) => {
          if (form.grant_type !== "authorization_code") return undefined;
          holds.set(`Bearer access-${count}`, (asked().at(-1) ?? "").split(" "));
          return undefined;
        },
      },
      {
        challenge: 'Bearer scope="read"',
        judge: (token, { url: { pathname } }) => {
          const wanted = wants[pathname] ?? "";
          return holds.get(token)?.includes(wanted)
            ? undefined
            : refusal(`Bearer error="insufficient_scope", scope="${wanted}"`, 403);
        },
      },
    );
    expect(await Promise.all([call(signer, url), call(signer, `${url}/`)])).toEqual([200, 200]);
    expect(asked().at(-1)?.split(" ").sort()).toEqual(["admin", "read", "write"]);
    expect(asked().length).toBeLessThanOrEqual(3);
  });
});
