import { defineServer, resource, text, tool } from "@portico/core";
import {
  app,
  appLinkOf,
  apps,
  canShowApps,
  isForModel,
  linkToApp,
  takeApps,
} from "@portico/core/extensions/apps";
import { connect } from "@portico/core/testing";
import { describe, expect, onTestFinished, test } from "vitest";

const URI = "ui://clock/face";
const PAGE = "<!doctype html><title>Clock</title>";
const csp = { connectDomains: ["https://time.example"] };

const clock = defineServer({
  name: "clock",
  version: "1.0.0",
  extensions: [apps()],
  resources: [
    app({ uri: URI, name: "Clock", csp, prefersBorder: true, read: () => PAGE }),
    resource({ uri: "clock://zone", name: "Zone", read: () => "UTC" }),
  ],
  tools: [
    tool({
      name: "time",
      description: "The time.",
      meta: linkToApp(URI),
      run: (_args, ctx) => [
        text(canShowApps(ctx.client.capabilities) ? "See the clock." : "It is noon."),
      ],
    }),
    tool({
      name: "tick",
      description: "For the app alone.",
      meta: linkToApp(URI, ["app"]),
      run: () => "Tick.",
    }),
  ],
});

describe.each(["2025-11-25", "2026-07-28"] as const)("apps on %s", (revision) => {
  test("reach a host as the server sent them", async () => {
    const client = await connect(clock, { revision, extensions: [takeApps()] });
    onTestFinished(() => client.close());
    const [time, tick] = await client.listTools();
    expect(time && appLinkOf(time)).toEqual({ resourceUri: URI });
    expect([time, tick].map((one) => one && isForModel(one))).toEqual([true, false]);
    const ui = { csp, prefersBorder: true };
    expect((await client.listResources())[0]).toMatchObject({
      uri: URI,
      mimeType: "text/html;profile=mcp-app",
      _meta: { ui },
    });
    expect((await client.readResource(URI)).contents).toEqual([
      { uri: URI, mimeType: "text/html;profile=mcp-app", text: PAGE, _meta: { ui } },
    ]);
  });

  test("are known to be shown only where the client says so", async () => {
    const showing = await connect(clock, { revision, extensions: [takeApps()] });
    const plain = await connect(clock, { revision });
    onTestFinished(async () => void (await Promise.all([showing.close(), plain.close()])));
    expect((await showing.callTool("time")).content).toMatchObject([{ text: "See the clock." }]);
    expect((await plain.callTool("time")).content).toMatchObject([{ text: "It is noon." }]);
  });
});

test("a page must have a ui:// address", () => {
  const page = () => app({ uri: "https://example.com", name: "Page", read: () => PAGE });
  expect(page).toThrow(/begins with ui:\/\//);
});

test("a tool without a link is the model's", () => {
  expect(isForModel({})).toBe(true);
  expect(isForModel({ _meta: { ui: "odd" } })).toBe(true);
});
