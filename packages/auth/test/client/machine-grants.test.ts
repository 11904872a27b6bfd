import { decodeProtectedHeader, exportJWK, exportPKCS8, generateKeyPair, jwtVerify } from "jose";
import { describe, expect, test } from "vitest";
import {
  clientCredentials,
  enterpriseManaged,
  type Grant,
  oauth,
  workloadIdentity,
} from "../../src/client/index.ts";
import { type AuthorityOptions, authority } from "./authority.ts";
import { call, refusal, resourceServer } from "./resource-server.ts";
import { serve } from "./serve.ts";

const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

async function scene(grant: Grant, options: AuthorityOptions = {}) {
  const granter = await authority(options);
  const server = await resourceServer({
    issuers: () => [granter.issuer],
    challenge: 'Bearer scope="read"',
  });
  const signer = oauth({ server: server.url, grant });
  return { granter, server, run: () => call(signer, server.url) };
}

describe("client credentials", () => {
  test("by secret are sent as Basic, in the words of a form", async () => {
    const grant = clientCredentials({ clientId: "a b-c", clientSecret: "p:ä+%" });
    const { granter, server, run } = await scene(grant);
    expect(await run()).toBe(200);
    const [{ form, headers } = { form: {}, headers: {} }] = granter.tokenRequests();
    expect(form).toEqual({ grant_type: "client_credentials", resource: server.url, scope: "read" });
    const encoded = Buffer.from(String(headers.authorization).slice(6), "base64").toString();
    expect(encoded).toBe("a+b-c:p%3A%C3%A4%2B%25");
  });

  test.each(["PKCS #8", "JWK"])("by a key in %s are an assertion for this issuer", async (form) => {
    const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
    const key = form === "JWK" ? await exportJWK(privateKey) : await exportPKCS8(privateKey);
    const grant = clientCredentials({
      clientId: "machine",
      signingKey: { key, algorithm: "ES256", keyId: "k1" },
    });
    const metadata = { token_endpoint_auth_methods_supported: ["private_key_jwt"] };
    const { granter, run } = await scene(grant, { metadata });
    expect(await run()).toBe(200);
    const sent = granter.tokenRequests()[0]?.form ?? {};
    const { payload } = await jwtVerify(sent.client_assertion ?? "", publicKey, {
      audience: granter.issuer,
      issuer: "machine",
      subject: "machine",
    });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(60);
    expect(decodeProtectedHeader(sent.client_assertion ?? "").kid).toBe("k1");
    expect(granter.registrations()).toEqual([]);
  });

  test("that expire are asked for again, without waiting for a refusal", async () => {
    const { granter, run } = await scene(clientCredentials({ clientId: "c", clientSecret: "s" }), {
      token: (_, count) => ({
        json: { access_token: `access-${count}`, token_type: "Bearer", expires_in: 0 },
      }),
    });
    expect([await run(), await run()]).toEqual([200, 200]);
    expect(granter.tokenRequests().map(({ form }) => form.grant_type)).toEqual(
      granter.tokenRequests().map(() => "client_credentials"),
    );
  });

  test("that expire while the authorization server is away are used until they are refused", async () => {
    const grant = clientCredentials({ clientId: "c", clientSecret: "s" });
    const { server, run } = await scene(grant, {
      token: (_, count) =>
        count === 1
          ? { json: { access_token: "access-1", token_type: "Bearer", expires_in: 0 } }
          : { status: 503 },
    });
    expect([await run(), await run()]).toEqual([200, 200]);
    expect(server.seen.at(-1)?.headers.authorization).toBe("Bearer access-1");
  });

  test("that are not renewed because of what they are say so", async () => {
    const grant = clientCredentials({ clientId: "c", clientSecret: "s" });
    const { run } = await scene(grant, {
      token: (_, count) =>
        count <= 2
          ? { json: { access_token: "access-1", token_type: "Bearer", expires_in: 0 } }
          : { status: 401, json: { error: "invalid_client" } },
    });
    expect(await run()).toBe(200);
    await expect(run()).rejects.toThrow("check the client's id and secret or key");
  });

  test("that cannot be read as a key are explained without showing them", async () => {
    const secret = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----";
    const grant = clientCredentials({
      clientId: "c",
      authMethod: "private_key_jwt",
      signingKey: { key: secret, algorithm: "ES256" },
    });
    const message = await (await scene(grant)).run().catch((error: Error) => error.message);
    expect(message).toMatch(/cannot be read as a key for ES256/);
    expect(message).not.toContain("c2VjcmV0");
  });
});

describe("a workload", () => {
  test("trades its platform's statement, which is asked for this issuer", async () => {
    const audiences: string[] = [];
    const grant = workloadIdentity({
      client: { clientId: "workload" },
      assertion: (audience) => {
        audiences.push(audience);
        return "statement";
      },
    });
    const { granter, server, run } = await scene(grant);
    expect(await run()).toBe(200);
    expect(audiences).toEqual([granter.issuer]);
    expect(granter.tokenRequests()[0]?.form).toEqual({
      grant_type: JWT_BEARER,
      assertion: "statement",
      client_id: "workload",
      resource: server.url,
      scope: "read",
    });
  });

  test.each(["invalid_grant", "invalid_scope", "unauthorized_client"])(
    "that is refused with %s does not ask again or otherwise",
    async (error) => {
      const grant = workloadIdentity({ client: { clientId: "w" }, assertion: () => "statement" });
      const { granter, run } = await scene(grant, {
        token: () => ({ status: 400, json: { error, error_description: "no: statement" } }),
      });
      await expect(run()).rejects.toThrow(`refused a token with ${error} (no: [secret])`);
      expect(granter.tokenRequests()).toHaveLength(1);
    },
  );
});

describe("an enterprise's user", () => {
  const idJag = { issued_token_type: "urn:ietf:params:oauth:token-type:id-jag", token_type: "N_A" };

  function managed(tokenEndpoint: string) {
    return enterpriseManaged({
      client: { clientId: "at-mcp", clientSecret: "mcp-secret" },
      identityProvider: {
        issuer: new URL(tokenEndpoint).origin,
        tokenEndpoint,
        client: { clientId: "at-idp" },
        identity: () => ({ type: "id_token", value: "signed-in" }),
      },
    });
  }

  test("is stated by the identity provider, and the statement is traded", async () => {
    const provider = await serve(() => ({ json: { ...idJag, access_token: "id-jag" } }));
    const { granter, server, run } = await scene(managed(`${provider.origin}/token`));
    expect(await run()).toBe(200);
    expect(provider.seen[0]?.form).toEqual({
      grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
      requested_token_type: idJag.issued_token_type,
      audience: granter.issuer,
      resource: server.url,
      scope: "read",
      subject_token: "signed-in",
      subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
      client_id: "at-idp",
    });
    expect(granter.tokenRequests()[0]?.form).toMatchObject({
      grant_type: JWT_BEARER,
      assertion: "id-jag",
    });
    expect(granter.authorizations()).toEqual([]);
  });

  test("whom policy keeps out is told so, and the MCP server's side is not asked", async () => {
    const refuse = { status: 400, json: { error: "access_denied" } };
    const provider = await serve(() => refuse);
    const { granter, run } = await scene(managed(`${provider.origin}/token`));
    await expect(run()).rejects.toThrow("refused a token with access_denied");
    expect(granter.tokenRequests()).toEqual([]);
  });

  test("is not stated by a token of another kind", async () => {
    const other = { access_token: "plain", token_type: "Bearer" };
    const provider = await serve(() => ({ json: other }));
    const { run } = await scene(managed(`${provider.origin}/token`));
    await expect(run()).rejects.toThrow("gave no ID-JAG");
  });
});

test("a machine that is refused its scope is told so and does not go on", async () => {
  const granter = await authority();
  const server = await resourceServer({
    issuers: () => [granter.issuer],
    judge: () => refusal('Bearer error="insufficient_scope", scope="admin"', 403),
  });
  const grant = clientCredentials({ clientId: "c", clientSecret: "s" });
  await expect(call(oauth({ server: server.url, grant }), server.url)).rejects.toThrow(
    "scope admin",
  );
  expect(granter.tokenRequests().length).toBeLessThanOrEqual(3);
});
