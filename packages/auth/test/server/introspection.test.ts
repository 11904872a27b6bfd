import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { introspection, jwt, resourceServer } from "../../src/server/index.ts";
import { bearer, head, RESOURCE } from "./asking.ts";
import { type Introspected, type Issuer, startIssuer } from "./issuer.ts";

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer(RESOURCE);
});
afterAll(() => issuer[Symbol.asyncDispose]());
beforeEach(() => {
  issuer.introspected.length = 0;
});

const ask = () =>
  introspection({
    issuer: issuer.issuer,
    endpoint: issuer.endpoint,
    clientId: "the server",
    clientSecret: "s:e%cret",
    claims: ["tenant"],
  });
const protect = () => resourceServer({ resource: RESOURCE, tokens: ask() });
const soon = () => Math.floor(Date.now() / 1000) + 600;
const good = (): Introspected => ({ active: true, aud: RESOURCE, sub: "alice", exp: soon() });

let count = 0;
function opaque(says: Introspected): string {
  const token = `opaque-${count++}`;
  issuer.opaque.set(token, says);
  return token;
}

describe("an opaque token", () => {
  test("is what its issuer says it is", async () => {
    const token = opaque({ ...good(), scope: "a b", tenant: "acme", username: "Alice" });
    expect(await bearer(protect(), token)).toEqual({
      id: `${issuer.issuer}#alice`,
      scopes: ["a", "b"],
      claims: { tenant: "acme" },
    });
    expect(issuer.introspected).toEqual([
      {
        authorization: `Basic ${btoa("the+server:s%3Ae%25cret")}`,
        body: `token=${token}&token_type_hint=access_token`,
      },
    ]);
  });

  test("ends when its issuer says so", async () => {
    const says = good();
    const headers = { authorization: `Bearer ${opaque(says)}` };
    expect(await protect().authenticator.authenticate(head(headers))).toMatchObject({
      expiresAt: (Number(says.exp) + 30) * 1000,
    });
  });

  test.each<[string, () => Introspected, string]>([
    ["is not active", () => ({ active: false }), "not active"],
    ["is only almost active", () => ({ ...good(), active: "true" }), "not active"],
    ["is for another server", () => ({ ...good(), aud: "https://other.example" }), "not for this"],
    ["is for nobody in particular", () => ({ ...good(), aud: undefined }), "not for this"],
    [
      "is from another issuer",
      () => ({ ...good(), iss: "https://other.example" }),
      "another issuer",
    ],
    ["has expired all the same", () => ({ ...good(), exp: 1 }), "has expired"],
    ["never expires", () => ({ ...good(), exp: undefined }), "when it expires"],
    ["is not valid yet", () => ({ ...good(), nbf: soon() }), "not valid yet"],
    ["belongs to nobody", () => ({ ...good(), sub: undefined }), "whose it is"],
  ])("is refused when it %s", async (_, says, because) => {
    const answered = await bearer(protect(), opaque(says()));
    expect(answered.status).toBe(401);
    expect(answered.body).toContain(because);
  });

  test("is asked about once, however many requests bring it at once or soon after", async () => {
    const server = protect();
    const token = opaque(good());
    await Promise.all(Array.from({ length: 30 }, () => bearer(server, token)));
    await bearer(server, token);
    expect(issuer.introspected).toHaveLength(1);
    const bad = "no such token";
    await bearer(server, bad.replaceAll(" ", "-"));
    await bearer(server, bad.replaceAll(" ", "-"));
    expect(issuer.introspected).toHaveLength(2);
  });

  test("lets nobody in while its issuer cannot be asked, and is asked about again after", async () => {
    const server = protect();
    const token = opaque(good());
    for (const status of [500, 302, 404, 401]) {
      issuer.broken = status;
      expect((await bearer(server, token)).status).toBe(503);
    }
    issuer.broken = undefined;
    expect((await bearer(server, token)).id).toBeDefined();
  });

  test("is only asked about when no verifier before knows it", async () => {
    const server = resourceServer({
      resource: RESOURCE,
      tokens: [jwt({ issuer: issuer.issuer }), ask()],
    });
    expect((await bearer(server, await issuer.sign())).id).toBeDefined();
    expect(issuer.introspected).toHaveLength(0);
    expect((await bearer(server, opaque(good()))).id).toBe(`${issuer.issuer}#alice`);
  });

  test("that floods in is not passed on without bound", async () => {
    const server = protect();
    const flood = Array.from({ length: 300 }, (_, at) => bearer(server, `flood-${at}`));
    const statuses = (await Promise.all(flood)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([401, 503]));
    expect(issuer.introspected.length).toBeLessThanOrEqual(64);
  });
});

test("secrets are sent to nobody on the way", () => {
  const options = { issuer: "https://as.example.com", clientId: "c", clientSecret: "s" };
  expect(() => introspection({ ...options, endpoint: "http://as.example.com/i" })).toThrow("https");
});
