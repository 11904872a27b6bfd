import { LATEST_LEGACY_REVISION, LATEST_REVISION, type Revision } from "@portico/core";
import { describe, expect, test } from "vitest";
import { authorizationCode, loopback, oauth } from "../../src/client/index.ts";
import { introspection, jwt, newToken, staticTokens } from "../../src/server/index.ts";
import { browse } from "../client/browser.ts";
import { startProvider } from "../provider.ts";
import { makeProver, startIssuer } from "./issuer.ts";
import { connectSigned, post, serveProtected } from "./protected.ts";

const textOf = (result: object): string =>
  (result as { content: { text: string }[] }).content.map(({ text }) => text).join();

const said = async (response: Response): Promise<string> =>
  textOf(((await response.json()) as { result: object }).result);

describe.each([LATEST_LEGACY_REVISION, LATEST_REVISION] as Revision[])(
  "our client, a real authorization server and our server on %s",
  (revision) => {
    test.each([false, true])(
      "sign a user in, and in again for another scope (proofs: %s)",
      async (required) => {
        await using provider = await startProvider();
        await using server = await serveProtected(
          () => jwt({ issuer: provider.issuer }),
          required ? { dpop: { required, nonces: true } } : {},
        );
        const pages: string[][] = [];
        const openBrowser = async (url: URL) => {
          pages.push(await browse(url));
        };
        const grant = authorizationCode({
          about: { name: "Portico test" },
          redirect: loopback({ openBrowser }),
        });
        const signer = oauth({ server: server.url, grant });
        await using client = await connectSigned(server.url, signer, revision);
        const whoami = async () => JSON.parse(textOf(await client.callTool("whoami", {})));
        expect(await whoami()).toEqual({
          id: `${provider.issuer}#user`,
          scopes: ["read"],
          claims: {},
        });
        expect(pages).toHaveLength(1);
        expect(textOf(await client.callTool("write", {}))).toBe("written");
        expect(pages).toHaveLength(2);
        expect((await whoami()).scopes).toEqual(["read", "write"]);
        expect(pages).toHaveLength(2);
      },
    );
  },
);

describe("over HTTP", () => {
  test("a request without a token is told where the metadata is, and the metadata is there", async () => {
    await using server = await serveProtected(() => jwt({ issuer: "https://as.example.com" }));
    const response = await post(server.url, {});
    expect(response.status).toBe(401);
    const at = /resource_metadata="([^"]+)"/.exec(
      response.headers.get("www-authenticate") ?? "",
    )?.[1];
    const metadata = await fetch(at ?? "");
    expect(metadata.headers.get("access-control-allow-origin")).toBe("*");
    expect(await metadata.json()).toMatchObject({
      resource: server.url,
      authorization_servers: ["https://as.example.com"],
      scopes_supported: ["read"],
    });
  });

  test("each kind of token finds its verifier, and no handler sees a token", async () => {
    await using issuer = await startIssuer("");
    const made = await newToken("robot", ["read"]);
    await using server = await serveProtected(() => [
      staticTokens(made.line),
      jwt({ issuer: issuer.issuer }),
      introspection({ ...issuer, clientId: "c", clientSecret: "s" }),
    ]);
    const signed = await issuer.sign({ aud: server.url, scope: "read" });
    const exp = Math.floor(Date.now() / 1000) + 60;
    issuer.opaque.set("opaque", { active: true, aud: server.url, sub: "bob", exp, scope: "read" });
    const ids = [];
    for (const token of [made.token, signed, "opaque"]) {
      const text = await said(await post(server.url, { authorization: `Bearer ${token}` }));
      expect(text).not.toContain(token);
      ids.push(JSON.parse(text).id);
    }
    expect(ids).toEqual(["robot", `${issuer.issuer}#alice`, `${issuer.issuer}#bob`]);
  });

  test("a token for another server on the same issuer is worth nothing here", async () => {
    await using issuer = await startIssuer("");
    await using one = await serveProtected(() => jwt({ issuer: issuer.issuer }));
    await using other = await serveProtected(() => jwt({ issuer: issuer.issuer }));
    const token = await issuer.sign({ aud: one.url, scope: "read" });
    const statuses = [one, other].map(async ({ url }) => {
      return (await post(url, { authorization: `Bearer ${token}` })).status;
    });
    expect(await Promise.all(statuses)).toEqual([200, 401]);
  });

  test("a missing scope is a 403 that names all that is needed", async () => {
    await using issuer = await startIssuer("");
    await using server = await serveProtected(() => jwt({ issuer: issuer.issuer }));
    const token = await issuer.sign({ aud: server.url, scope: "other" });
    const refused = await post(server.url, { authorization: `Bearer ${token}` }, "write");
    expect(refused.status).toBe(403);
    expect(refused.headers.get("www-authenticate")).toContain('scope="read write"');
    const broad = await issuer.sign({ aud: server.url, scope: "write" });
    expect(await said(await post(server.url, { authorization: `Bearer ${broad}` }, "write"))).toBe(
      "written",
    );
  });

  test("a token in the URL is refused whatever the method", async () => {
    await using issuer = await startIssuer("");
    await using server = await serveProtected(() => jwt({ issuer: issuer.issuer }));
    const token = await issuer.sign({ aud: server.url, scope: "read" });
    for (const method of ["POST", "GET", "DELETE"]) {
      const response = await fetch(`${server.url}?access_token=${token}`, { method });
      expect(response.status).toBe(400);
    }
  });

  test("a stolen bound token is refused without the key, as bearer and with a replayed proof", async () => {
    await using issuer = await startIssuer("");
    await using server = await serveProtected(() => jwt({ issuer: issuer.issuer }), { dpop: {} });
    const prover = await makeProver(server.url);
    const cnf = { jkt: prover.thumbprint };
    const token = await issuer.sign({ aud: server.url, scope: "read", cnf });
    const proof = await prover.prove(token);
    const signed = { authorization: `DPoP ${token}`, dpop: proof };
    const thief = await makeProver(server.url);
    const statuses = [];
    for (const headers of [
      signed,
      signed,
      { authorization: `Bearer ${token}` },
      { authorization: `Bearer ${token}`, dpop: await prover.prove(token) },
      { authorization: `DPoP ${token}`, dpop: await thief.prove(token) },
    ]) {
      statuses.push((await post(server.url, headers)).status);
    }
    expect(statuses).toEqual([200, 401, 401, 401, 401]);
  });
});

test("a session opened with one token cannot be used with another caller's", async () => {
  await using issuer = await startIssuer("");
  await using server = await serveProtected(() => jwt({ issuer: issuer.issuer }));
  const send = async (sub: string, message: object, session?: string) => {
    const token = await issuer.sign({ aud: server.url, scope: "read", sub });
    return fetch(server.url, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...(session !== undefined && { "mcp-session-id": session }),
      },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, ...message }),
    });
  };
  const clientInfo = { name: "raw", version: "1" };
  const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo };
  const opened = await send("alice", { method: "initialize", params });
  await opened.text();
  const session = opened.headers.get("mcp-session-id") ?? "none";
  expect((await send("mallory", { method: "tools/list" }, session)).status).toBe(404);
  expect((await send("alice", { method: "tools/list" }, session)).status).toBe(200);
});
