import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { everything } from "../../fixtures/everything/server.ts";
import { browser, launch, type Site, serveSite } from "./browser.ts";
import { expectedSights } from "./expected-sights.ts";
import { type Hosted, host } from "./host.ts";
import { describeOn } from "./installed.ts";
import type { Sights } from "./programs/visit.ts";

describeOn(browser, () => {
  let site: Site;
  let server: Hosted;
  let chromium: Browser;

  beforeAll(async () => {
    site = await serveSite(new URL("programs/visits.ts", import.meta.url));
    server = await host(everything(), { allowedOrigins: [`http://app.example:${site.port}`] });
    chromium = await launch();
  });
  afterAll(async () => {
    await chromium?.close();
    await server?.close();
    await site?.close();
  });

  async function pageAt(name: string): Promise<Page> {
    const page = await chromium.newPage();
    await page.goto(`http://${name}:${site.port}/`);
    return page;
  }

  test("a page of an allowed origin sees every kind of exchange over HTTP in both eras", async () => {
    const page = await pageAt("app.example");
    expect(await visitsFrom(page, server.http)).toEqual(expectedSights);
  });

  test("it sees the same on a WebSocket", async () => {
    const page = await pageAt("app.example");
    expect(await visitsFrom(page, server.webSocket)).toEqual(expectedSights);
  });

  test("a page of another origin gets nothing over HTTP", async () => {
    const page = await pageAt("evil.example");
    await expect(visitsFrom(page, server.http)).rejects.toThrow("Failed to fetch");
  });

  test("nor on a WebSocket", async () => {
    const page = await pageAt("evil.example");
    await expect(visitsFrom(page, server.webSocket)).rejects.toThrow(
      "No WebSocket could be opened",
    );
  });
});

/** Has a page visit the server at `url`. */
function visitsFrom(page: Page, url: string): Promise<Sights[]> {
  const argument = JSON.stringify(url);
  return page.evaluate(`import("/program.js").then(({ visits }) => visits(${argument}))`);
}
