import { structured } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { contextRoutes } from "./fake/context.ts";
import { open } from "./support/servers.ts";

test("get_me says whose credential it is", async () => {
  const { client } = await open({ routes: [contextRoutes] });
  const me = await structured(client, "get_me");
  expect(me).toMatchObject({ login: "octocat", public_repos: 2 });
});
