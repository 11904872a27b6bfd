import { createHash } from "node:crypto";
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from "jose";
import { describe, expect, test } from "vitest";
import { memoryStore, oauth } from "../../src/client/index.ts";
import { type AuthorityOptions, authority } from "./authority.ts";
import { person } from "./person.ts";
import { call, type ResourceServerOptions, refusal, resourceServer } from "./resource-server.ts";
import type { Seen } from "./serve.ts";

const bound = (count: number) => ({
  json: {
    access_token: `access-${count}`,
    refresh_token: `refresh-${count}`,
    token_type: "DPoP",
    expires_in: 3600,
  },
});

async function scene(authorityOptions: AuthorityOptions = {}, server: ResourceServerOptions = {}) {
  const granter = await authority({
    token: (_, count) => bound(count),
    ...authorityOptions,
    metadata: { dpop_signing_alg_values_supported: ["ES256"], ...authorityOptions.metadata },
  });
  const resource = await resourceServer({
    issuers: () => [granter.issuer],
    challenge: "DPoP",
    ...server,
  });
  const store = memoryStore();
  const signer = () => oauth({ server: resource.url, grant: person(), store });
  const calls = () => resource.seen.filter(({ headers }) => headers.authorization);
  return { granter, resource, signer, calls };
}

const proofOf = async ({ headers }: Seen) => {
  const proof = String(headers.dpop);
  return jwtVerify(proof, EmbeddedJWK, { typ: "dpop+jwt", algorithms: ["ES256"] });
};

describe("a server that takes tokens bound to a key", () => {
  test("gets a fresh proof with every request, for that request and that token", async () => {
    const { granter, resource, signer, calls } = await scene();
    const client = signer();
    await call(client, `${resource.url}?query=1`);
    await call(client, resource.url);
    const [token] = granter.tokenRequests();
    const asked = await proofOf(token as Seen);
    expect(asked.payload).toMatchObject({ htm: "POST", htu: `${granter.issuer}/token` });
    expect(asked.payload).not.toHaveProperty("ath");
    const proofs = await Promise.all(calls().map(proofOf));
    for (const { payload } of proofs) {
      const ath = createHash("sha256").update("access-1").digest("base64url");
      expect(payload).toMatchObject({ htm: "POST", htu: resource.url, ath });
    }
    expect(calls().map(({ headers }) => headers.authorization)).toEqual(
      calls().map(() => "DPoP access-1"),
    );
    expect(new Set(proofs.map(({ payload }) => payload.jti)).size).toBe(proofs.length);
  });

  test("has the code bound to the key too, whose private half is never sent", async () => {
    const { granter, resource, signer } = await scene();
    await call(signer(), resource.url);
    const { protectedHeader } = await proofOf(granter.tokenRequests()[0] as Seen);
    const { jwk = {} } = protectedHeader;
    expect(Object.keys(jwk).sort()).toEqual(["crv", "kty", "x", "y"]);
    const thumbprint = await calculateJwkThumbprint(jwk);
    expect(granter.authorizations()).toMatchObject([{ dpop_jkt: thumbprint }]);
  });

  test("knows the key again after a restart, which refresh tokens may be bound to", async () => {
    const { granter, resource, signer, calls } = await scene(
      {},
      { judge: (token) => (token === "DPoP access-1" ? refusal("DPoP") : undefined) },
    );
    const request = { method: "POST", url: new URL(resource.url), status: 401, signed: {} };
    await signer().refused({ ...request, headers: new Headers({ "www-authenticate": "DPoP" }) });
    expect(await call(signer(), resource.url)).toBe(200);
    const all = await Promise.all([...granter.tokenRequests(), ...calls()].map(proofOf));
    expect(
      new Set(all.map(({ protectedHeader }) => JSON.stringify(protectedHeader.jwk))).size,
    ).toBe(1);
    expect(granter.tokenRequests().at(-1)?.form.refresh_token).toBe("refresh-1");
  });
});

describe("nonces", () => {
  test("of the authorization server are used in the second try", async () => {
    const { granter, resource, signer } = await scene({
      token: (_, count) =>
        count === 1
          ? {
              status: 400,
              headers: { "dpop-nonce": "as-nonce" },
              json: { error: "use_dpop_nonce" },
            }
          : bound(count),
    });
    expect(await call(signer(), resource.url)).toBe(200);
    const proofs = await Promise.all(granter.tokenRequests().map(proofOf));
    expect(proofs.map(({ payload }) => payload.nonce)).toEqual([undefined, "as-nonce"]);
  });

  test("of the MCP server are used in the second try and after", async () => {
    const { resource, signer, calls } = await scene({}, { judge: wantNonce("rs-nonce") });
    const client = signer();
    expect(await call(client, resource.url)).toBe(200);
    expect(await call(client, resource.url)).toBe(200);
    const proofs = await Promise.all(calls().map(proofOf));
    expect(proofs.map(({ payload }) => payload.nonce)).toEqual([undefined, "rs-nonce", "rs-nonce"]);
  });

  test("that are never right end in an error, not in a circle", async () => {
    const { granter, resource, signer } = await scene({
      token: () => ({
        status: 400,
        headers: { "dpop-nonce": "again" },
        json: { error: "use_dpop_nonce" },
      }),
    });
    await expect(call(signer(), resource.url)).rejects.toThrow("use_dpop_nonce");
    expect(granter.tokenRequests()).toHaveLength(2);
  });

  test("that the MCP server wants although it has them are not believed twice", async () => {
    const challenge = { "www-authenticate": 'DPoP error="use_dpop_nonce"', "dpop-nonce": "same" };
    const { granter, resource, signer } = await scene(
      {},
      {
        judge: (token) =>
          token === "DPoP access-1" ? { status: 401, headers: challenge } : undefined,
      },
    );
    expect(await call(signer(), resource.url)).toBe(200);
    expect(granter.tokenRequests()).toHaveLength(2);
  });

  function wantNonce(nonce: string): NonNullable<ResourceServerOptions["judge"]> {
    return (_, { headers }) => {
      const [, payload = ""] = String(headers.dpop).split(".");
      if (JSON.parse(Buffer.from(payload, "base64url").toString()).nonce === nonce)
        return undefined;
      return {
        status: 401,
        headers: { "www-authenticate": 'DPoP error="use_dpop_nonce"', "dpop-nonce": nonce },
      };
    };
  }
});

describe("tokens are bound to a key", () => {
  const required = { dpop_bound_access_tokens_required: true };
  const none = { dpop_signing_alg_values_supported: undefined };
  const bearer = { json: { access_token: "t", token_type: "Bearer" } };

  test("also where only the metadata asks for it", async () => {
    const { resource, signer, calls } = await scene(
      {},
      { challenge: "Bearer", metadata: required },
    );
    expect(await call(signer(), resource.url)).toBe(200);
    expect(calls()[0]?.headers.authorization).toBe("DPoP access-1");
  });

  test("not where nobody asks for it", async () => {
    const { granter, resource, signer } = await scene(
      { token: () => bearer },
      { challenge: "Bearer" },
    );
    expect(await call(signer(), resource.url)).toBe(200);
    expect(granter.tokenRequests()[0]?.headers).not.toHaveProperty("dpop");
  });

  test("not where the authorization server does not bind them and others will do", async () => {
    const offer = { challenge: 'Bearer scope="read", DPoP algs="ES256"' };
    const { granter, resource, signer } = await scene(
      { metadata: none, token: () => bearer },
      offer,
    );
    expect(await call(signer(), resource.url)).toBe(200);
    expect(granter.tokenRequests()[0]?.headers).not.toHaveProperty("dpop");
  });

  test("or the user is told that the two servers do not fit", async () => {
    const { resource, signer } = await scene({ metadata: none }, { metadata: required });
    await expect(call(signer(), resource.url)).rejects.toThrow("takes only tokens bound to a key");
  });

  test("or refused, when the authorization server did not bind them", async () => {
    const { resource, signer } = await scene({ token: () => bearer });
    await expect(call(signer(), resource.url)).rejects.toThrow("did not bind the token");
  });
});
