import { expect, test } from "vitest";
import { type AuthMethod, authenticate, type OAuthClient } from "./oauth-client.ts";

const secret: OAuthClient = { clientId: "id", clientSecret: "secret" };
const open: OAuthClient = { clientId: "id" };

async function sent(client: OAuthClient, authMethods?: readonly string[]) {
  const headers: Record<string, string> = {};
  const body = new URLSearchParams();
  await authenticate(client, { issuer: "https://as.example", authMethods }, headers, body);
  return { ...headers, ...Object.fromEntries(body) };
}

const basic = { authorization: `Basic ${btoa("id:secret")}` };
const post = { client_id: "id", client_secret: "secret" };
const none = { client_id: "id" };

test.each<[string, OAuthClient, string[] | undefined, Record<string, string>]>([
  ["basic, where nothing is offered", secret, undefined, basic],
  ["basic before post", secret, ["client_secret_post", "client_secret_basic"], basic],
  ["post, where there is no basic", secret, ["client_secret_post"], post],
  ["no secret, where none is taken", secret, ["none"], none],
  ["nothing but the id, without a secret", open, ["client_secret_basic"], none],
])("a client sends %s", async (_, client, offered, expected) => {
  expect(await sent(client, offered)).toEqual(expected);
});

test.each<[AuthMethod, Record<string, string>]>([
  ["client_secret_post", post],
  ["client_secret_basic", basic],
  ["none", none],
])("a client registered for %s keeps to it", async (authMethod, expected) => {
  expect(await sent({ ...secret, authMethod }, ["private_key_jwt"])).toEqual(expected);
});

test("a client with nothing but a key is told when the key is not taken", async () => {
  const signingKey = { key: "unused", algorithm: "ES256" };
  const sending = sent({ clientId: "id", signingKey }, ["client_secret_basic"]);
  await expect(sending).rejects.toThrow("does not take private_key_jwt");
});
