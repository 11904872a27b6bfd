import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { jwt, resourceServer } from "../../src/server/index.ts";
import { ask, bearer, head, RESOURCE } from "./asking.ts";
import { type Issuer, startIssuer } from "./issuer.ts";

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer(RESOURCE);
});
afterAll(() => issuer[Symbol.asyncDispose]());

const protect = (more: Partial<Parameters<typeof jwt>[0]> = {}) =>
  resourceServer({
    resource: RESOURCE,
    tokens: jwt({ issuer: issuer.issuer, claims: ["tenant", "client_id"], ...more }),
  });

const now = () => Math.floor(Date.now() / 1000);

describe("a signed access token", () => {
  test("tells whose it is, with scopes and the claims asked for, and nothing of the token", async () => {
    const token = await issuer.sign({ scope: "a b", tenant: "acme", client_id: "c", email: "a@b" });
    expect(await bearer(protect(), token)).toEqual({
      id: `${issuer.issuer}#alice`,
      scopes: ["a", "b"],
      claims: { tenant: "acme", client_id: "c" },
    });
  });

  test("says when it ends, with what clocks may differ: until then what it opens may stay open", async () => {
    const exp = now() + 100;
    const token = await issuer.sign({ exp });
    const headers = { authorization: `Bearer ${token}` };
    expect(await protect().authenticator.authenticate(head(headers))).toMatchObject({
      expiresAt: (exp + 30) * 1000,
    });
  });

  test("is accepted under any spelling of its scheme, and with several audiences", async () => {
    const token = await issuer.sign({ aud: ["other", RESOURCE], scp: ["a"] }, { typ: "JWT" });
    expect(await ask(protect(), { authorization: `bearer ${token}` })).toMatchObject({
      scopes: ["a"],
    });
  });

  test("of a client without a user is not a user of the same name", async () => {
    const token = await issuer.sign({ sub: undefined, client_id: "alice" });
    expect((await bearer(protect(), token)).id).toBe(`${issuer.issuer}?client=alice`);
  });

  test("signed with a new key is accepted once the old set has been kept long enough", async () => {
    await using other = await startIssuer(RESOURCE);
    const server = resourceServer({ resource: RESOURCE, tokens: jwt({ issuer: other.issuer }) });
    expect((await bearer(server, await other.sign())).status).toBeUndefined();
    await other.rotate();
    const token = await other.sign();
    expect((await bearer(server, token)).status).toBe(401);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 31_000 });
    try {
      expect((await bearer(server, token)).status).toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
  });

  test("is found by the issuer's metadata, wherever the issuer lies", async () => {
    await using tenant = await startIssuer(RESOURCE, "/tenants/1");
    const server = resourceServer({ resource: RESOURCE, tokens: jwt({ issuer: tenant.issuer }) });
    expect((await bearer(server, await tenant.sign())).id).toBe(`${tenant.issuer}#alice`);
    expect(tenant.asked).toEqual(["/.well-known/oauth-authorization-server/tenants/1", "/jwks"]);
  });
});

describe("is refused:", () => {
  const refused = async (token: string, because: string, server = protect()) => {
    const answered = await bearer(server, token);
    expect(answered.status).toBe(401);
    expect(answered.challenge).toContain('error="invalid_token"');
    expect(JSON.parse(answered.body ?? "").error_description).toContain(because);
    expect(answered.body).not.toContain(token);
  };

  test("a token for another server", async () => {
    for (const aud of [
      "https://mcp.example.com",
      `${RESOURCE}/`,
      "https://mcp.example.com/MCP",
      [],
      7,
    ]) {
      await refused(await issuer.sign({ aud: aud as string }), "not for this server");
    }
    await refused(await issuer.sign({ aud: undefined }), "not for this server");
  });

  test("a token of another issuer, even one signed by keys that are trusted", async () => {
    await using other = await startIssuer(RESOURCE);
    await refused(await other.sign(), "not from an issuer this server trusts");
    await refused(await other.sign({ iss: issuer.issuer }), "signature is not acceptable");
    await refused(await issuer.sign({ iss: `${issuer.issuer}/` }), "not from an issuer");
    await refused(await issuer.sign({ iss: undefined }), "not from an issuer");
  });

  test("a token that expired, that never does, or that is not valid yet", async () => {
    await refused(await issuer.sign({ exp: now() - 31 }), "has expired");
    await refused(await issuer.sign({ exp: undefined }), "when it expires");
    await refused(await issuer.sign({ nbf: now() + 60 }), "not valid yet");
    expect((await bearer(protect(), await issuer.sign({ exp: now() - 5 }))).status).toBeUndefined();
  });

  test("a token that nobody signed (alg none)", async () => {
    const claims = { iss: issuer.issuer, aud: RESOURCE, sub: "alice", exp: now() + 600 };
    await refused(new UnsecuredJWT(claims).encode(), "signature is not acceptable");
    const header = Buffer.from(JSON.stringify({ alg: "none", typ: "at+jwt" })).toString(
      "base64url",
    );
    const body = Buffer.from(JSON.stringify(claims)).toString("base64url");
    await refused(`${header}.${body}.`, "signature is not acceptable");
  });

  test("a token signed with the public key as if it were a secret (HS256 for ES256)", async () => {
    const claims = { iss: issuer.issuer, aud: RESOURCE, sub: "alice", exp: now() + 600 };
    for (const secret of [JSON.stringify(issuer.publicJwk), issuer.publicJwk.x ?? ""]) {
      const forged = await new SignJWT(claims)
        .setProtectedHeader({ alg: "HS256", typ: "at+jwt", kid: "first" })
        .sign(new TextEncoder().encode(secret));
      await refused(forged, "signature is not acceptable");
    }
  });

  test("a token that brings its own key, or points at one", async () => {
    const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
    const jwk = await exportJWK(publicKey);
    await using elsewhere = await startIssuer(RESOURCE);
    const claims = { iss: issuer.issuer, aud: RESOURCE, sub: "alice", exp: now() + 600 };
    for (const header of [{ jwk }, { jku: elsewhere.jwksUri }, { x5u: elsewhere.jwksUri }]) {
      const forged = await new SignJWT(claims)
        .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "first", ...header })
        .sign(privateKey);
      await refused(forged, "signature is not acceptable");
    }
    expect(elsewhere.asked).toEqual([]);
  });

  test("an ID token, a refresh token or a proof in place of an access token", async () => {
    await refused(await issuer.sign({ nonce: "n" }, { typ: "JWT" }), "no access token");
    await refused(await issuer.sign({ at_hash: "h" }, { typ: "JWT" }), "no access token");
    await refused(await issuer.sign({ typ: "ID" }, { typ: "JWT" }), "no access token");
    await refused(await issuer.sign({ typ: "Refresh" }, { typ: "JWT" }), "no access token");
    for (const typ of ["dpop+jwt", "logout+jwt", "secevent+jwt"]) {
      await refused(await issuer.sign({}, { typ }), "no access token");
    }
  });

  test("a token without a type, where types are required", async () => {
    const strict = protect({ requireType: true });
    await refused(await issuer.sign({}, { typ: "JWT" }), "no access token", strict);
    expect(
      (await bearer(strict, await issuer.sign({}, { typ: "application/at+jwt" }))).id,
    ).toBeDefined();
  });

  test("a token of nobody", async () => {
    await refused(await issuer.sign({ sub: undefined }), "whose it is");
    await refused(await issuer.sign({ sub: "" }), "whose it is");
  });

  test("a token bound in a way that cannot be checked here", async () => {
    await refused(await issuer.sign({ cnf: { "x5t#S256": "hash" } }), "cannot check");
    await refused(await issuer.sign({ cnf: "jkt" }), "cannot check");
  });

  test("what is no JWT at all", async () => {
    for (const token of ["x", "a.b.c", "....", "e30.e30.e30", "=".repeat(3)]) {
      expect((await bearer(protect(), token)).status).toBeGreaterThanOrEqual(400);
    }
  });
});

test("a flood of unknown key ids costs the issuer one request", async () => {
  await using other = await startIssuer(RESOURCE);
  const server = resourceServer({ resource: RESOURCE, tokens: jwt({ issuer: other.issuer }) });
  const flood = Array.from({ length: 200 }, async (_, at) =>
    bearer(server, await other.sign({}, { kid: `made up ${at}` })),
  );
  const statuses = new Set((await Promise.all(flood)).map(({ status }) => status));
  expect(statuses).toEqual(new Set([401]));
  expect(other.asked.filter((path) => path === "/jwks")).toHaveLength(1);
});

test("a token is verified once for many requests", async () => {
  const verify = vi.fn(jwt({ issuer: issuer.issuer }).verify);
  const server = resourceServer({ resource: RESOURCE, tokens: { verify } });
  const token = await issuer.sign();
  await Promise.all(Array.from({ length: 20 }, () => bearer(server, token)));
  await bearer(server, token);
  expect(verify).toHaveBeenCalledTimes(1);
});

test("while the issuer is down nobody gets in, nobody is called a liar, and the issuer is left alone", async () => {
  await using other = await startIssuer(RESOURCE);
  const server = resourceServer({ resource: RESOURCE, tokens: jwt({ issuer: other.issuer }) });
  other.broken = 500;
  const token = await other.sign();
  for (let at = 0; at < 20; at++) expect((await bearer(server, token)).status).toBe(503);
  expect(other.asked).toHaveLength(1);
  other.broken = undefined;
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 6_000 });
  try {
    expect((await bearer(server, token)).id).toBeDefined();
  } finally {
    vi.useRealTimers();
  }
});

test("metadata of another issuer is not believed", async () => {
  const server = resourceServer({
    resource: RESOURCE,
    tokens: jwt({ issuer: issuer.issuer.replace("127.0.0.1", "localhost") }),
  });
  const token = await issuer.sign({ iss: issuer.issuer.replace("127.0.0.1", "localhost") });
  expect((await bearer(server, token)).status).toBe(503);
});

test.each([
  [{ algorithms: ["HS256"] }, "HS256 is not accepted"],
  [{ algorithms: ["none"] }, "none is not accepted"],
  [{ algorithms: [] }, "at least one"],
  [{ issuer: "http://as.example.com" }, "issuer must be an https URL"],
  [{ jwksUri: "http://as.example.com/jwks" }, "jwksUri must be an https URL"],
  [{ jwksUri: "file:///etc/passwd" }, "jwksUri must be an https URL"],
])("refuses to be set up unsafely: %j", (options, message) => {
  expect(() => jwt({ issuer: "https://as.example.com", ...options })).toThrow(message);
});
