import { HttpConnection } from "../measure/http-client.ts";
import { type Probed, withProbe } from "../measure/http-heap.ts";
import { echoCalls, flood, openSession } from "../measure/http-load.ts";
import { initialize, post } from "../measure/http-wire.ts";
import type { Row } from "../row.ts";
import { bare, legacy, modern } from "./http-subjects.ts";

const WARM_UP_SESSIONS = 500;
const SESSIONS = 5_000;
const STREAMS = 5_000;
const AT_ONCE = 16;
const SOAK_WARM_UP_CALLS = 5_000;
const SOAK_CALLS = 40_000;

/** What many sessions, many streams and many calls in one session cost a server. */
export async function httpScaleRows(): Promise<Row[]> {
  return [await sessionRow(), ...(await streamRows()), await soakRow()];
}

function sessionRow(): Promise<Row> {
  return withProbe(legacy, [], async (server) => {
    await openSessions(server.port, WARM_UP_SESSIONS);
    const [heap, resident] = [await server.liveHeap(), await server.resident()];
    await openSessions(server.port, SESSIONS);
    const each = (after: number, before: number) => (after - before) / 1024 / SESSIONS;
    const grown = each(await server.liveHeap(), heap);
    return {
      what: `http memory per open session, ${SESSIONS} more sessions`,
      ours: `${each(await server.resident(), resident).toFixed(1)} KB resident`,
      peer: "",
      value: grown,
      unit: "KB",
      must: { atMost: 6 },
      aim: { atMost: 3 },
      note: "live heap",
    };
  });
}

async function openSessions(port: number, count: number): Promise<void> {
  const request = initialize(legacy.revision);
  let left = count;
  const worker = async () => {
    const connection = new HttpConnection(port);
    while (left-- > 0) {
      const { status } = await connection.request(request);
      if (status !== 200) throw new Error(`initialize was answered ${status}`);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function streamRows(): Promise<Row[]> {
  const floor = await withProbe(bare, [], (server) => openAndMeasure(server));
  return withProbe(modern, [], async (server) => {
    const ours = await openAndMeasure(server);
    const told = await timeToTell(server.port, ours.listeners);
    const what = `http ${STREAMS} open listen streams`;
    return [
      {
        what: `${what}, one change, all told`,
        ours: `${told.toFixed(0)} ms`,
        peer: "",
        value: told / 1000,
        unit: "s",
        must: { atMost: 1 },
      },
      {
        what: `${what}, memory of each, beside bare node:http`,
        ours: `${ours.resident.toFixed(1)} KB resident`,
        peer: `${floor.heap.toFixed(1)} KB, ${floor.resident.toFixed(1)} KB resident`,
        value: ours.heap,
        unit: "KB",
        must: { atMost: 25 },
        aim: { atMost: 12 },
        note: "live heap",
      },
    ];
  });
}

/** What one open stream takes, in kilobytes, and the streams. */
interface Opened {
  readonly heap: number;
  readonly resident: number;
  readonly listeners: readonly Listener[];
}

async function openAndMeasure(server: Probed): Promise<Opened> {
  const [heap, resident] = [await server.liveHeap(), await server.resident()];
  const listeners = await openListeners(server.port, STREAMS);
  const each = (after: number, before: number) => (after - before) / 1024 / STREAMS;
  return {
    heap: each(await server.liveHeap(), heap),
    resident: each(await server.resident(), resident),
    listeners,
  };
}

/** One open listen stream; `heard` resolves once the list of tools was said to have changed. */
interface Listener {
  readonly connection: HttpConnection;
  readonly heard: Promise<void>;
}

async function openListeners(port: number, count: number): Promise<Listener[]> {
  const listeners: Listener[] = [];
  while (listeners.length < count) {
    const some = Array.from({ length: AT_ONCE }, (_, at) =>
      openListener(port, listeners.length + at),
    );
    listeners.push(...(await Promise.all(some)));
  }
  return listeners;
}

async function openListener(port: number, id: number): Promise<Listener> {
  const connection = new HttpConnection(port);
  const filter = { notifications: { toolsListChanged: true } };
  const acknowledged = heard(connection, "notifications/subscriptions/acknowledged");
  connection.socket.write(post(modern, id, "subscriptions/listen", filter));
  await acknowledged;
  const told = heard(connection, "notifications/tools/list_changed");
  // Whoever only measures memory never waits for it.
  told.catch(() => {});
  return { connection, heard: told };
}

/** Resolves when `word` arrives; an open stream is no whole answer, so it is read from the socket itself. */
function heard({ socket }: HttpConnection, word: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error(`the stream ended before ${word}`));
    const read = (chunk: Buffer) => {
      if (!chunk.includes(word)) return;
      socket.off("data", read);
      socket.off("close", ended);
      resolve();
    };
    socket.on("data", read);
    socket.on("close", ended);
  });
}

async function timeToTell(port: number, listeners: readonly Listener[]): Promise<number> {
  const caller = new HttpConnection(port);
  const started = performance.now();
  const call = caller.request(post(modern, 1, "tools/call", { name: "change", arguments: {} }));
  await Promise.all([call, ...listeners.map((listener) => listener.heard)]);
  const milliseconds = performance.now() - started;
  caller.close();
  return milliseconds;
}

function soakRow(): Promise<Row> {
  return withProbe(legacy, ["--max-old-space-size=96"], async (server) => {
    const calls = echoCalls(await openSession(server.port, legacy.revision));
    await flood(server.port, calls, AT_ONCE, (answered) => answered >= SOAK_WARM_UP_CALLS);
    const before = await server.liveHeap();
    await flood(server.port, calls, AT_ONCE, (answered) => answered >= SOAK_CALLS);
    const after = await server.liveHeap();
    const show = (bytes: number) => `${(bytes / 2 ** 20).toFixed(2)} MB`;
    return {
      what: `http live heap after ${SOAK_CALLS} calls in one session vs before`,
      ours: show(after),
      peer: show(before),
      value: after / before,
      unit: "x",
      must: { atMost: 1.05 },
      aim: { atMost: 1.02 },
      note: "heap limited to 96 MB",
    };
  });
}
