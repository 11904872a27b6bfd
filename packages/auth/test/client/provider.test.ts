import {
  createRemoteJWKSet,
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  type JWTPayload,
  jwtVerify,
} from "jose";
import { expect, onTestFinished, test } from "vitest";
import { authorizationCode, clientCredentials, loopback, oauth } from "../../src/client/index.ts";
import { type ProviderOptions, startProvider } from "../provider.ts";
import { browse } from "./browser.ts";
import { call, type ResourceServerOptions, refusal, resourceServer } from "./resource-server.ts";

/** A real authorization server, until the test ends. */
async function provider(options: ProviderOptions = {}): Promise<string> {
  const running = await startProvider(options);
  onTestFinished(() => running[Symbol.asyncDispose]());
  return running.issuer;
}

/** An MCP server that verifies tokens as a real one does, and remembers what they say. */
async function verifier(issuer: string, options: ResourceServerOptions & { needs?: () => string }) {
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
  const accepted: JWTPayload[] = [];
  const server = await resourceServer({
    issuers: () => [issuer],
    challenge: 'Bearer scope="read"',
    ...options,
    async judge(authorization, seen) {
      const [, token = ""] = authorization.split(" ");
      const { payload } = await jwtVerify(token, keys, { issuer, audience: server.url });
      const needed = options.needs?.() ?? "read";
      if (!String(payload.scope).split(" ").includes(needed)) {
        return refusal(`Bearer error="insufficient_scope", scope="${needed}"`, 403);
      }
      const refused = await options.judge?.(authorization, seen);
      if (!refused) accepted.push(payload);
      return refused;
    },
  });
  return { ...server, accepted };
}

function user() {
  const pages: string[][] = [];
  const grant = authorizationCode({
    about: { name: "Portico test" },
    redirect: loopback({
      openBrowser: async (url) => {
        pages.push(await browse(url));
      },
    }),
  });
  return { grant, pages };
}

test("a user signs in, consents, and comes back through the loopback receiver; then the token is renewed", async () => {
  const issuer = await provider();
  let tooOld = "";
  const server = await verifier(issuer, {
    judge: (token) => (token === tooOld ? refusal('Bearer error="invalid_token"') : undefined),
  });
  const { grant, pages } = user();
  const signer = oauth({ server: server.url, grant });
  expect(await call(signer, server.url)).toBe(200);
  expect(await call(signer, server.url)).toBe(200);
  expect(pages).toHaveLength(1);
  expect(pages[0]?.at(-1)).toBe("/callback");

  tooOld = server.seen.at(-1)?.headers.authorization ?? "";
  expect(await call(signer, server.url)).toBe(200);
  expect(pages).toHaveLength(1);
  expect(server.seen.at(-1)?.headers.authorization).not.toBe(tooOld);
  expect(new Set(server.accepted.map(({ sub }) => sub))).toEqual(new Set(["user"]));
});

test("a user consents again when a call needs another scope, and keeps the first one", async () => {
  const issuer = await provider();
  let needed = "read";
  const server = await verifier(issuer, { needs: () => needed });
  const { grant, pages } = user();
  const signer = oauth({ server: server.url, grant });
  expect(await call(signer, server.url)).toBe(200);
  needed = "write";
  expect(await call(signer, server.url)).toBe(200);
  expect(pages).toHaveLength(2);
  expect(server.accepted.map(({ scope }) => scope)).toEqual(["read", "read write"]);
});

test("tokens are bound to the client's key, with the nonces both servers want", async () => {
  const nonces = { enabled: true, nonceSecret: Buffer.alloc(32, 1), requireNonce: () => true };
  const issuer = await provider({ features: { dPoP: nonces } });
  const server = await verifier(issuer, {
    challenge: 'DPoP scope="read"',
    metadata: { dpop_bound_access_tokens_required: true },
    judge: (authorization) =>
      authorization.startsWith("DPoP ") ? undefined : refusal('DPoP error="invalid_token"'),
  });
  const signer = oauth({ server: server.url, grant: user().grant });
  expect(await call(signer, server.url)).toBe(200);
  expect(server.accepted).toMatchObject([{ cnf: { jkt: expect.any(String) } }]);
});

test("a machine that is registered with a key gets tokens of its own", async () => {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const machine = {
    client_id: "machine",
    grant_types: ["client_credentials"],
    redirect_uris: [],
    response_types: [],
    token_endpoint_auth_method: "private_key_jwt",
    jwks: { keys: [{ ...(await exportJWK(publicKey)), alg: "ES256" }] },
  };
  const issuer = await provider({ configuration: { clients: [machine] } });
  const server = await verifier(issuer, {});
  const grant = clientCredentials({
    clientId: "machine",
    signingKey: { key: await exportPKCS8(privateKey), algorithm: "ES256" },
  });
  expect(await call(oauth({ server: server.url, grant }), server.url)).toBe(200);
  expect(server.accepted).toMatchObject([{ client_id: "machine", aud: server.url }]);
});
