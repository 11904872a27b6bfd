// Opens and closes many connections to one server value and prints what stayed in the heap after garbage collection.
import { connect, memoryPair, REVISIONS, serve } from "../../src/index.ts";
import { everything } from "../server/everything.ts";

const server = everything();
const clientInfo = { name: "many", version: "1.0.0" };

async function visit(number: number): Promise<void> {
  const [ours, theirs] = memoryPair();
  serve(server, theirs, { onError: () => {} });
  const revision = REVISIONS[number % REVISIONS.length];
  const options = { clientInfo, ...(revision && { revision }) };
  const client = await connect(ours, { ...options, onElicit: () => ({ action: "accept" }) });
  await client.subscribe({ tools: true, uris: ["memo://one"] });
  await client.callTool("add", { a: number, b: 1 });
  await client.callTool("sure");
  const stop = new AbortController();
  const waiting = client.callTool(
    "wait",
    {},
    { signal: stop.signal, onProgress: () => stop.abort() },
  );
  await waiting.catch(() => {});
  await client.close();
}

async function heap(): Promise<number> {
  for (let turn = 0; turn < 10; turn++) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
}

const connections = 4_000;
for (let number = 0; number < 1_000; number++) await visit(number);
const before = await heap();
for (let number = 0; number < connections; number++) await visit(number);
const grownBytes = (await heap()) - before;
console.log(JSON.stringify({ connections, grownBytes }));
