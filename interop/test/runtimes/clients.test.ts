import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { everything } from "../../fixtures/everything/server.ts";
import { expectedSights } from "./expected-sights.ts";
import { type Hosted, host } from "./host.ts";
import { bun, deno, describeOn, workerd } from "./installed.ts";
import { bunCommand, denoCommand, startOnWorkerd } from "./start.ts";

const run = promisify(execFile);
const program = (name: string) => new URL(`programs/${name}.ts`, import.meta.url);

/** Has a runtime visit the server at `url` in both eras, and says what it saw. */
type Visits = (url: string) => Promise<unknown>;

const byCommand =
  (command: (program: URL) => string[]): Visits =>
  async (url) => {
    const [file = "", ...args] = command(program("visit-command"));
    const { stdout } = await run(file, [...args, url]);
    return JSON.parse(stdout);
  };

const byWorker: Visits = async (url) => {
  const worker = await startOnWorkerd(program("visit-worker"));
  try {
    const response = await fetch(new URL(`?server=${encodeURIComponent(url)}`, worker.url));
    return await response.json();
  } finally {
    await worker.stop();
  }
};

let server: Hosted;
beforeAll(async () => {
  server = await host(everything());
});
afterAll(() => server.close());

describeOn(bun, () => testClient(byCommand(bunCommand)));
describeOn(deno, () => testClient(byCommand(denoCommand)));
describeOn(workerd, () => testClient(byWorker));

/** What a client of ours must see of a server on Node, whatever runs the client. */
function testClient(visits: Visits): void {
  test("a client sees every kind of exchange over HTTP in both eras", async () => {
    expect(await visits(server.http)).toEqual(expectedSights);
  });

  test("a client sees the same on the WebSocket the platform has", async () => {
    expect(await visits(server.webSocket)).toEqual(expectedSights);
  });
}
