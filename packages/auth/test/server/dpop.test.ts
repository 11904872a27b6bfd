import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type DpopOptions, jwt, resourceServer } from "../../src/server/index.ts";
import { ask, bearer, head, RESOURCE } from "./asking.ts";
import { type Issuer, makeProver, type Prover, startIssuer } from "./issuer.ts";

let issuer: Issuer;
let prover: Prover;
let bound: string;
beforeAll(async () => {
  issuer = await startIssuer(RESOURCE);
  prover = await makeProver(RESOURCE);
  bound = await issuer.sign({ cnf: { jkt: prover.thumbprint } });
});
afterAll(() => issuer[Symbol.asyncDispose]());

const protect = (dpop?: DpopOptions) =>
  resourceServer({
    resource: RESOURCE,
    tokens: jwt({ issuer: issuer.issuer }),
    ...(dpop && { dpop }),
  });

const present = (server: ReturnType<typeof protect>, proof: string, token = bound) =>
  ask(server, { authorization: `DPoP ${token}`, dpop: proof });
const now = () => Math.floor(Date.now() / 1000);

describe("a token bound to a key", () => {
  test("is accepted with a proof for this request", async () => {
    const server = protect({});
    expect((await present(server, await prover.prove(bound))).id).toBe(`${issuer.issuer}#alice`);
    const spelt = await prover.prove(bound, { htu: "HTTPS://MCP.example.com:443/mcp?x=1#y" });
    expect((await present(server, spelt)).id).toBeDefined();
  });

  test("is refused as a bearer token, with and without support for proofs", async () => {
    for (const server of [protect(), protect({}), protect({ required: true })]) {
      const answered = await bearer(server, bound);
      expect(answered.status).toBe(401);
      expect(answered.body).toContain("bound to a key");
    }
  });

  test.each<[string, () => Promise<string>]>([
    ["for another method", () => prover.prove(bound, { htm: "GET" })],
    ["for another URL", () => prover.prove(bound, { htu: "https://other.example/mcp" })],
    ["for another path", () => prover.prove(bound, { htu: "https://mcp.example.com/other" })],
    ["for no URL", () => prover.prove(bound, { htu: "mcp" })],
    ["for another token", async () => prover.prove(await issuer.sign())],
    ["for no token", () => prover.prove(bound, { ath: undefined as never })],
    ["made long ago", () => prover.prove(bound, { iat: now() - 301 })],
    ["made in the future", () => prover.prove(bound, { iat: now() + 310 })],
    ["made at no time", () => prover.prove(bound, { iat: undefined as never })],
    ["without an id", () => prover.prove(bound, { jti: undefined as never })],
    ["with an id too long to keep", () => prover.prove(bound, { jti: "x".repeat(129) })],
    ["that is no proof but another JWT", () => prover.prove(bound, {}, { typ: "at+jwt" })],
    ["of another key", async () => (await makeProver(RESOURCE)).prove(bound)],
    ["that is no JWT", async () => "proof"],
    ["that is two", async () => `${await prover.prove(bound)}, ${await prover.prove(bound)}`],
    ["that is very long", async () => prover.prove(bound, { pad: "x".repeat(8_192) })],
  ])("is refused with a proof %s", async (_, make) => {
    const answered = await present(protect({}), await make());
    expect(answered.status).toBe(401);
    expect(answered.challenge).toContain('DPoP error="invalid_dpop_proof"');
  });

  test("is refused without a proof", async () => {
    const answered = await ask(protect({}), { authorization: `DPoP ${bound}` });
    expect(answered.challenge).toContain('error="invalid_dpop_proof"');
  });

  test("is refused with a proof signed by a shared secret, or that shows its private key", async () => {
    const { privateKey } = await generateKeyPair("ES256", { extractable: true });
    const claims = { htm: "POST", htu: RESOURCE, iat: now(), jti: "1" };
    const secret = new TextEncoder().encode("secret".repeat(8));
    const jwk = { kty: "oct", k: Buffer.from(secret).toString("base64url") };
    const symmetric = new SignJWT(claims).setProtectedHeader({
      alg: "HS256",
      typ: "dpop+jwt",
      jwk,
    });
    const header = { alg: "ES256", typ: "dpop+jwt", jwk: await exportJWK(privateKey) };
    const shown = new SignJWT(claims).setProtectedHeader(header);
    for (const proof of [await symmetric.sign(secret), await shown.sign(privateKey)]) {
      expect((await present(protect({}), proof)).body).toContain("malformed");
    }
  });

  test("is refused with a proof that was used before, whatever the request", async () => {
    const server = protect({});
    const proof = await prover.prove(bound);
    const both = await Promise.all([present(server, proof), present(server, proof)]);
    expect(both.filter(({ id }) => id !== undefined)).toHaveLength(1);
    expect((await present(server, proof)).body).toContain("used before");
  });

  test("is proven under the resource's own name, not under one the request brings", async () => {
    const proof = await prover.prove(bound, { htu: "https://evil.example/mcp" });
    const evil = { host: "evil.example", authorization: `DPoP ${bound}`, dpop: proof };
    expect((await ask(protect({}), evil, { origin: "https://evil.example" })).status).toBe(401);
  });
});

describe("nonces", () => {
  test("are handed out with a refusal, and accepted for a while", async () => {
    const server = protect({ nonces: true });
    const { challenge, nonce } = await present(server, await prover.prove(bound));
    expect(challenge).toContain('DPoP error="use_dpop_nonce"');
    expect(nonce).toMatch(/^[\w-]{43}$/);
    expect((await present(server, await prover.prove(bound, { nonce }))).id).toBeDefined();
    const forged = await present(server, await prover.prove(bound, { nonce: "x".repeat(43) }));
    expect(forged.challenge).toContain("use_dpop_nonce");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 125_000 });
    try {
      const late = await present(server, await prover.prove(bound, { nonce }));
      expect(late.challenge).toContain("use_dpop_nonce");
      expect(late.nonce).not.toBe(nonce);
    } finally {
      vi.useRealTimers();
    }
  });

  test("of one replica are accepted by another that shares the secret, and by no other", async () => {
    const secret = crypto.getRandomValues(new Uint8Array(32));
    const [one, other] = [0, 1].map(() => protect({ nonces: true, nonceSecret: secret }));
    const { nonce } = await present(one as never, await prover.prove(bound));
    expect((await present(other as never, await prover.prove(bound, { nonce }))).id).toBeDefined();
    const stranger = await present(protect({ nonces: true }), await prover.prove(bound, { nonce }));
    expect(stranger.status).toBe(401);
  });
});

describe("a token bound to no key", () => {
  test("is a bearer token, unless proofs are required", async () => {
    const token = await issuer.sign();
    expect((await bearer(protect({}), token)).id).toBeDefined();
    expect((await bearer(protect({ required: true }), token)).status).toBe(401);
  });

  test("is not accepted as if it were bound", async () => {
    const token = await issuer.sign();
    const answered = await present(protect({}), await prover.prove(token), token);
    expect(answered.challenge).toContain('DPoP error="invalid_token"');
  });
});

test("challenges and metadata say what proofs are wanted", async () => {
  const optional = await ask(protect({}), {});
  expect(optional.challenge).toMatch(/^Bearer resource_metadata="[^"]+", DPoP .*algs="ES256 /);
  expect((await ask(protect({ required: true }), {})).challenge).toMatch(/^DPoP /);
  const [route] = protect({ required: true }).routes;
  const target = "/.well-known/oauth-protected-resource";
  const document = await route?.(head({}, { method: "GET", target }));
  expect(JSON.parse(document?.body ?? "")).toMatchObject({
    dpop_bound_access_tokens_required: true,
    dpop_signing_alg_values_supported: expect.arrayContaining(["ES256"]),
  });
});
