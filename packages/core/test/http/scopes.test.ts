import { describe, expect, test } from "vitest";
import type { Authenticator, HttpRoute } from "../../src/index.ts";
import { listen, modernCall, openSession } from "./eras.ts";
import { ask, callOf, carriers, json, NEWEST_LEGACY, openSite, post } from "./site.ts";

const authenticator: Authenticator = {
  async authenticate(head) {
    const [id, ...scopes] = head.header("authorization")?.split(" ").slice(1) ?? [];
    if (id === undefined) {
      return {
        refusal: { status: 401, headers: { "WWW-Authenticate": `Bearer realm="${head.origin}"` } },
      };
    }
    return { principal: { id, scopes } };
  },
  insufficientScope: (scopes, head) => ({
    status: 403,
    headers: {
      "WWW-Authenticate": `Bearer error="insufficient_scope", scope="${scopes.join(" ")}"`,
    },
    body: head.target,
  }),
};
const ada = { authorization: "Bearer ada read" };

describe.each(carriers)("an authenticator (%s)", (carrier) => {
  test("stands before everything: nothing is read of who is not let in", async () => {
    await using site = await openSite(carrier, { authenticator });
    const refused = await post(site, "no JSON at all");
    expect(refused.status).toBe(401);
    expect(refused.headers.get("www-authenticate")).toMatch(/realm="http:\/\/(127|localhost)/);
    expect((await ask(site, "GET", {}, "/sse")).status).toBe(401);
    expect((await listen(site, {})).status).toBe(401);
  });

  test("tells handlers who calls, anew with each request of a session", async () => {
    await using site = await openSite(carrier, { authenticator });
    expect(await (await modernCall(site, "caller", {}, ada)).text()).toContain("ada");
    const session = await openSession(site, NEWEST_LEGACY, {}, ada);
    const more = { ...session, authorization: "Bearer ada read write" };
    expect(await (await post(site, callOf("caller"), session)).text()).not.toContain("write");
    expect(await (await post(site, callOf("caller"), more)).text()).toContain("write");
  });

  test("challenges a call that lacks scopes with 403 and all it needs", async () => {
    await using site = await openSite(carrier, { authenticator });
    const session = await openSession(site, NEWEST_LEGACY, {}, ada);
    for (const refused of [
      await modernCall(site, "admin", {}, ada),
      await post(site, callOf("admin"), session),
    ]) {
      expect(refused.status).toBe(403);
      expect(refused.headers.get("www-authenticate")).toContain('scope="admin audit"');
      expect(await refused.text()).toBe("/mcp");
    }
  });

  test("cannot challenge once a stream is open: the error says it", async () => {
    await using site = await openSite(carrier, { authenticator });
    const response = await modernCall(site, "admin", { first: true }, ada);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("needs the scope admin audit");
  });
});

test("without an authenticator a missing scope is an error like any other", async () => {
  await using site = await openSite("node");
  const refused = await modernCall(site, "admin");
  expect([refused.status, await json(refused)]).toMatchObject([400, { error: { code: -32600 } }]);
});

describe.each(carriers)("routes (%s)", (carrier) => {
  const health: HttpRoute = ({ target }) =>
    target === "/healthz" ? { status: 200, body: "well" } : undefined;

  test("answer beside the endpoint, without authentication; the rest of the paths is empty", async () => {
    await using site = await openSite(carrier, { authenticator, routes: [health] });
    expect(await (await ask(site, "GET", {}, "/healthz")).text()).toBe("well");
    expect((await ask(site, "GET", {}, "/elsewhere")).status).toBe(404);
    expect((await ask(site, "GET", {}, "/mcp/deeper")).status).toBe(404);
    expect((await modernCall(site, "echo", { text: "x" }, ada)).status).toBe(200);
  });

  test("that fail say so with a reference only", async () => {
    const failing: HttpRoute = () => {
      throw new Error("secret of /home/somebody");
    };
    const seen: unknown[] = [];
    const onError = (error: unknown) => seen.push(error);
    await using site = await openSite(carrier, { routes: [failing], onError });
    const response = await ask(site, "GET", {}, "/healthz");
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("secret");
    expect(seen).toHaveLength(1);
  });
});
