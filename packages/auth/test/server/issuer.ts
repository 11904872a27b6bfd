import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from "jose";

/** What the introspection endpoint says of a token. */
export type Introspected = Readonly<Record<string, unknown>>;

/** An authorization server on loopback that signs whatever a test wants signed. */
export interface Issuer extends AsyncDisposable {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly endpoint: string;
  /** Paths of the requests it got, in order. */
  readonly asked: string[];
  /** What it says of opaque tokens. */
  readonly opaque: Map<string, Introspected>;
  /** What each introspection request brought. */
  readonly introspected: { readonly authorization: string | undefined; readonly body: string }[];
  /** The public key by which its signatures are checked. */
  readonly publicJwk: JWK;
  /** Answers every request with this status while it is set. */
  broken: number | undefined;
  /** Adds a second key to the set, and signs with it from now on. */
  rotate(): Promise<void>;
  /** A signed JWT; the claims of a good access token for `audience` unless told otherwise. */
  sign(claims?: JWTPayload, header?: Partial<JWTHeaderParameters>): Promise<string>;
}

interface Pair {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

async function makePair(kid: string): Promise<Pair> {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: "ES256" } };
}

/** @param path of the issuer, such as `/tenant` */
export async function startIssuer(audience: string, path = ""): Promise<Issuer> {
  const pairs = [await makePair("first")];
  const asked: string[] = [];
  const opaque: Issuer["opaque"] = new Map();
  const introspected: { authorization: string | undefined; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const target = request.url ?? "";
    asked.push(target);
    const body = await text(request);
    if (self.broken !== undefined) return response.writeHead(self.broken).end();
    const answer = answerTo(target, body, request.headers.authorization);
    response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = origin + path;

  function answerTo(target: string, body: string, authorization: string | undefined): unknown {
    switch (target) {
      case `/.well-known/oauth-authorization-server${path}`:
        return { issuer, jwks_uri: `${origin}/jwks` };
      case "/jwks":
        return { keys: pairs.map(({ jwk }) => jwk) };
      case "/introspect":
        introspected.push({ authorization, body });
        return opaque.get(new URLSearchParams(body).get("token") ?? "") ?? { active: false };
      default:
        return undefined;
    }
  }

  const self: Issuer = {
    issuer,
    jwksUri: `${origin}/jwks`,
    endpoint: `${origin}/introspect`,
    asked,
    opaque,
    introspected,
    publicJwk: (pairs[0] as Pair).jwk,
    broken: undefined,
    async rotate() {
      pairs.push(await makePair(`key ${pairs.length}`));
    },
    async sign(claims = {}, header = {}) {
      const { kid, privateKey } = pairs.at(-1) as Pair;
      const exp = Math.floor(Date.now() / 1000) + 600;
      const all = { iss: issuer, aud: audience, sub: "alice", exp, ...claims };
      const present = Object.entries(all).filter(([, value]) => value !== undefined);
      return await new SignJWT(Object.fromEntries(present))
        .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid, ...header })
        .sign(privateKey);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return self;
}

/** A client's key, and the proofs it makes (RFC 9449). */
export interface Prover {
  readonly thumbprint: string;
  /** A proof for a request that carries `token`; `claims` and `header` replace what it says. */
  prove(token: string, claims?: JWTPayload, header?: Partial<JWTHeaderParameters>): Promise<string>;
}

/** @param htu the URL proofs are for unless told otherwise */
export async function makeProver(htu: string): Promise<Prover> {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const jwk = await exportJWK(publicKey);
  return {
    thumbprint: await calculateJwkThumbprint(jwk),
    async prove(token, claims = {}, header = {}) {
      const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
      const ath = Buffer.from(hash).toString("base64url");
      const iat = Math.floor(Date.now() / 1000);
      const all = { htm: "POST", htu, iat, ath, jti: crypto.randomUUID(), ...claims };
      const present = Object.entries(all).filter(([, value]) => value !== undefined);
      return await new SignJWT(Object.fromEntries(present))
        .setProtectedHeader({ alg: "ES256", typ: "dpop+jwt", jwk, ...header })
        .sign(privateKey);
    },
  };
}
