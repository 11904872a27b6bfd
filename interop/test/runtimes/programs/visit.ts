import { type Client, type ConnectTarget, connect, type EraName } from "@portico/core";

/** What a client of ours saw of the server that has every feature. */
export interface Sights {
  readonly era: EraName;
  readonly sum: unknown;
  /** How far the call of `work` was, each time it said so. */
  readonly progress: readonly number[];
  /** What the subscription told of. */
  readonly change: unknown;
  /** What the tool made of the user's answer. */
  readonly answered: unknown;
  /** How many more calls the server counts as cancelled than before. */
  readonly cancelled: number;
}

/** Uses every kind of exchange once: a call, progress, a change, a question and a cancellation. */
export async function visit(target: ConnectTarget, era: EraName): Promise<Sights> {
  const client = await connect(target, {
    clientInfo: { name: "visitor", version: "1.0.0" },
    era,
    onElicit: () => ({ action: "accept", content: { name: "Ada", age: 36 } }),
  });
  try {
    return {
      era: client.server.era,
      sum: (await client.callTool("add", { a: 19, b: 23 })).structuredContent,
      progress: await hearProgress(client),
      change: await hearChange(client),
      answered: (await client.callTool("ask_form")).content,
      cancelled: await cancel(client),
    };
  } finally {
    await client.close();
  }
}

async function hearProgress(client: Client): Promise<number[]> {
  const reports: number[] = [];
  const onProgress = ({ progress }: { progress: number }) => {
    reports.push(progress);
    void client.callTool("proceed");
  };
  await client.callTool("work", { steps: 3 }, { onProgress });
  return reports;
}

async function hearChange(client: Client): Promise<unknown> {
  const changes = await client.subscribe({ uris: ["note://current"] });
  await client.callTool("write", { note: "seen" });
  const { value } = await changes.next();
  changes.close();
  return value;
}

async function cancel(client: Client): Promise<number> {
  const before = await countCancelled(client);
  const control = new AbortController();
  const onProgress = () => control.abort();
  await client.callTool("hang", {}, { signal: control.signal, onProgress }).catch(() => {});
  let now = before;
  // The cancellation is on another connection than the question after it.
  while (now === before) now = await countCancelled(client);
  return now - before;
}

async function countCancelled(client: Client): Promise<number> {
  const { structuredContent } = await client.callTool("cancelled");
  return (structuredContent as { calls: number }).calls;
}
