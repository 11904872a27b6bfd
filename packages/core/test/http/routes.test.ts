import { request } from "node:http";
import { describe, expect, test } from "vitest";
import type { Authenticator, HttpRoute } from "../../src/index.ts";
import { ask, callOf, carriers, openSite, post } from "./site.ts";

const OPEN = "access-control-allow-origin";
const foreign = { origin: "https://elsewhere.example" };
const local = { origin: "http://localhost:6274" };

const refuseAll: Authenticator = {
  authenticate: () => ({ refusal: { status: 401 } }),
  insufficientScope: () => ({ status: 403 }),
};

/** A document for everybody, and counts for nobody but the pages that may call. */
function subjects() {
  const asked: string[] = [];
  const document: HttpRoute = ({ target }) =>
    target === "/document" ? { status: 200, headers: { [OPEN]: "*" }, body: "{}" } : undefined;
  const counts: HttpRoute = ({ target, method }) => {
    if (target !== "/counts") return undefined;
    asked.push(method);
    return { status: 200, body: "1" };
  };
  return { asked, routes: [document, counts] };
}

describe.each(carriers)("routes and web pages (%s)", (carrier) => {
  test.each([foreign, local])(
    "a route that opens itself is read by a page of $origin",
    async (page) => {
      await using site = await openSite(carrier, { ...subjects(), authenticator: refuseAll });
      const response = await ask(site, "GET", page, "/document");
      expect([response.status, response.headers.get(OPEN)]).toEqual([200, "*"]);
    },
  );

  test("any other is for pages that may call", async () => {
    await using site = await openSite(carrier, subjects());
    const refused = await ask(site, "GET", foreign, "/counts");
    expect([refused.status, refused.headers.get(OPEN)]).toEqual([403, null]);
    const allowed = await ask(site, "GET", local, "/counts");
    expect([allowed.status, allowed.headers.get(OPEN)]).toEqual([200, local.origin]);
  });

  test("a foreign page reaches none with what may change something", async () => {
    const { asked, routes } = subjects();
    await using site = await openSite(carrier, { routes });
    expect((await ask(site, "POST", foreign, "/counts")).status).toBe(403);
    expect(asked).toEqual([]);
  });

  test("the endpoint stays closed to it, whatever the routes say", async () => {
    await using site = await openSite(carrier, subjects());
    for (const refused of [
      await post(site, callOf("echo"), foreign),
      await ask(site, "OPTIONS", foreign),
      await ask(site, "GET", foreign, "/sse"),
      await ask(site, "GET", foreign, "/nothing"),
    ]) {
      expect([refused.status, refused.headers.get(OPEN)]).toEqual([403, null]);
    }
  });
});

describe("routes and the names a server is called by", () => {
  test("no page reads one by pointing its own name here, but who knows the address does", async () => {
    await using site = await openSite("node", subjects());
    const status = (host: string, path: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const asking = request(new URL(path, site.url), { headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        asking.on("error", reject).end();
      });
    expect(await status("rebound.example", "/counts")).toBe(403);
    expect(await status("rebound.example:80", "/document")).toBe(403);
    // As the probes of an orchestrator do.
    expect(await status("10.1.2.3:3000", "/counts")).toBe(200);
    expect(await status("[fd00::1]:3000", "/counts")).toBe(200);
    expect(await status("10.1.2.3:3000", "/mcp")).toBe(403);
  });
});
