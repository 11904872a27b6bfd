import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { service } from "./service.ts";

const run = promisify(execFile);
const folder = join(import.meta.dirname, "..");
const [, example] = /```ts\n(.*?)```/s.exec(readFileSync(join(folder, "README.md"), "utf8")) ?? [];

const CONDITION = "--conditions=portico-source";

test("the fetch of the README waits when it is told to, and asks whether its answer still holds", async () => {
  await using site = await service(({ headers }, response) => {
    if (site.requests.length === 1) response.writeHead(503, { "Retry-After": "0" }).end();
    else if (headers["if-none-match"] === '"one"') response.writeHead(304).end();
    else response.writeHead(200, { ETag: '"one"' }).end("Ahoy");
  });
  const ask = `await (await fetch(${JSON.stringify(site.url)})).text()`;
  const program = `${example}\nconsole.log(${ask}, ${ask});`;
  // There the package finds itself by its name.
  const args = [CONDITION, "--input-type=module", "--eval", program];
  const { stdout } = await run(process.execPath, args, { cwd: folder });
  expect(stdout).toBe("Ahoy Ahoy\n");
  expect(site.requests).toHaveLength(3);
});
