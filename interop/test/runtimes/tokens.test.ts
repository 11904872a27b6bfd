import { type Client, connect, httpClient } from "@portico/core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Listening } from "../peers/listening.ts";
import { bun, deno, describeOn, workerd } from "./installed.ts";
import { type Issuer, startIssuer } from "./issuer.ts";
import { RESOURCE } from "./programs/trusting.ts";
import { type Start, startOnBun, startOnDeno, startOnWorkerd } from "./start.ts";

const program = (name: string) => new URL(`programs/${name}.ts`, import.meta.url);

describeOn(bun, () => testTokens(startOnBun, program("serve-bun")));
describeOn(deno, () => testTokens(startOnDeno, program("serve-deno")));
describeOn(workerd, () => testTokens(startOnWorkerd, program("serve-worker")));

/** Whom a server that wants signed tokens must let in, whatever runs it. */
function testTokens(start: Start, program: URL): void {
  let issuer: Issuer;
  let server: Listening;
  beforeAll(async () => {
    issuer = await startIssuer();
    server = await start(program);
  });
  afterAll(async () => {
    await server?.stop();
    issuer?.close();
  });

  const address = () => new URL(`/trusting/${encodeURIComponent(issuer.url)}`, server.url);

  async function meet(token: string): Promise<Client> {
    const clientInfo = { name: "tokens", version: "1.0.0" };
    const headers = { Authorization: `Bearer ${token}` };
    const client = await connect(httpClient(address(), { headers }), { clientInfo });
    onTestFinished(() => client.close());
    return client;
  }

  test("whoever has no token is told where one is to be had", async () => {
    const response = await fetch(address(), { method: "POST", body: "{}" });
    expect(response.status).toBe(401);
    expect(response.headers.get("WWW-Authenticate")).toContain("resource_metadata=");
  });

  test("whoever has a good one is let in, and known", async () => {
    const { content } = await (await meet(issuer.tokenFor(RESOURCE))).callTool("who");
    expect(content).toEqual([{ type: "text", text: `${issuer.url}#ada` }]);
  });

  test("whoever has one for another server is not", async () => {
    const token = issuer.tokenFor("https://other.example.com/mcp");
    await expect(meet(token)).rejects.toMatchObject({ status: 401 });
  });
}
