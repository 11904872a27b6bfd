import { expect, test } from "vitest";
import { loopback, signIn } from "../../src/installed/index.ts";
import { rotatingService } from "./rotating-service.ts";

test("a user of this machine is signed in with PKCE, and the answer comes back to it", async () => {
  const { renewal, ...service } = await rotatingService();
  const tokens = await signIn({
    ...renewal,
    scopes: ["read"],
    redirect: loopback({ openBrowser: async (url) => void (await fetch(url)) }),
    signal: AbortSignal.timeout(10_000),
  });
  expect(tokens).toMatchObject({ accessToken: "access-1", scopes: ["read"] });
  const [asked] = service.authorizations();
  expect(asked).toMatchObject({
    access_type: "offline",
    client_id: "desk",
    code_challenge_method: "S256",
    scope: "read",
  });
  expect(asked).not.toHaveProperty("resource");
  const [traded] = service.tokenRequests();
  expect(traded).toMatchObject({
    client_secret: "secret-of-desk",
    redirect_uri: asked?.redirect_uri,
  });
  expect(traded).not.toHaveProperty("resource");
});
