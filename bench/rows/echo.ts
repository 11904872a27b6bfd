import { type Flooded, launch, type Running, toolCalls } from "../measure/load-client.ts";
import { type Lockstep, launchLockstep } from "../measure/lockstep.ts";
import { pinTogether } from "../measure/pin.ts";
import { cpuMicroseconds } from "../measure/process-facts.ts";
import { interleave, median, medianRatio } from "../measure/statistics.ts";
import type { Limit, Row } from "../row.ts";
import { bare, portico, type Subject, sdkV1, sdkV2 } from "../subjects.ts";

const ROUND_MS = 350;
/** How long a server is under load before it is measured: V8 compiles what is hot for about that long. */
const WARM_UP_MS = 2_000;
const REQUESTS = toolCalls(1024, "echo", { text: "hello world" });

interface Rate {
  readonly perSecond: number;
}

interface Load extends Rate {
  readonly cpuPerCall: number;
}

type Bounds = readonly [must: Limit, aim: Limit];

const RATE: readonly [inFlight: number, peer: Subject, ...Bounds][] = [
  [1, sdkV1, { atLeast: 1.3 }, { atLeast: 1.45 }],
  [64, sdkV1, { atLeast: 2.2 }, { atLeast: 3 }],
  [1, sdkV2, { atLeast: 1.7 }, { atLeast: 2 }],
  [64, sdkV2, { atLeast: 3.5 }, { atLeast: 5 }],
];
const CPU_BOUNDS: Bounds = [{ atMost: 0.3 }, { atMost: 0.16 }];

const SUBJECTS: readonly Subject[] = [portico, bare, sdkV1, sdkV2];

/** Calls of a tool that returns its 11-byte text, over stdio, at several numbers in flight. */
export async function echoRows(rounds: number): Promise<Row[]> {
  const alone = await oneInFlight(rounds);
  const [some, many] = await severalInFlight([16, 64], rounds);
  return [
    ...RATE.map(([inFlight, peer, ...bounds]) =>
      rateRow(inFlight === 1 ? alone : many!, inFlight, peer, bounds),
    ),
    cpuRow(some!, 16),
    cpuRow(many!, 64),
  ];
}

async function oneInFlight(rounds: number): Promise<Map<Subject, Rate[]>> {
  const running = new Map(SUBJECTS.map((subject) => [subject, launchLockstep(subject)]));
  try {
    for (const server of running.values()) {
      server.initialize();
      pinTogether(server.pid);
      server.callFor(WARM_UP_MS, REQUESTS);
    }
    return await interleave(SUBJECTS, rounds, async (subject) => {
      const { calls, milliseconds } = running.get(subject)!.callFor(ROUND_MS, REQUESTS);
      return { perSecond: (calls / milliseconds) * 1000 };
    });
  } finally {
    await stopAll(running);
  }
}

/** The loads at each of several numbers of calls in flight, on the same servers. */
async function severalInFlight(
  numbers: readonly number[],
  rounds: number,
): Promise<Map<Subject, Load[]>[]> {
  const running = new Map(SUBJECTS.map((subject) => [subject, launch(subject)]));
  try {
    for (const server of running.values()) {
      await server.initialize();
      pinTogether(server.pid);
      const until = performance.now() + WARM_UP_MS;
      await server.flood(REQUESTS, 64, () => performance.now() >= until);
    }
    const loads: Map<Subject, Load[]>[] = [];
    for (const inFlight of numbers) {
      const measure = (subject: Subject) => load(running.get(subject)!, inFlight);
      loads.push(await interleave(SUBJECTS, rounds, measure));
    }
    return loads;
  } finally {
    await stopAll(running);
  }
}

async function stopAll(running: ReadonlyMap<Subject, Lockstep | Running>): Promise<void> {
  await Promise.all([...running.values()].map((server) => server.stop()));
}

async function load(server: Running, inFlight: number): Promise<Load> {
  const before = cpuMicroseconds(server.pid);
  const until = performance.now() + ROUND_MS;
  const { calls, milliseconds }: Flooded = await server.flood(
    REQUESTS,
    inFlight,
    () => performance.now() >= until,
  );
  const cpu = cpuMicroseconds(server.pid) - before;
  return { perSecond: (calls / milliseconds) * 1000, cpuPerCall: cpu / calls };
}

function rateRow(
  measured: ReadonlyMap<Subject, readonly Rate[]>,
  inFlight: number,
  peer: Subject,
  [must, aim]: Bounds,
): Row {
  const rates = (subject: Subject) => measured.get(subject)!.map(({ perSecond }) => perSecond);
  const show = (subject: Subject) => `${(median(rates(subject)) / 1000).toFixed(1)}k/s`;
  return {
    what: `stdio echo, ${inFlight} in flight, vs ${peer.name}`,
    ours: show(portico),
    peer: show(peer),
    value: medianRatio(rates(portico), rates(peer)),
    unit: "x",
    must,
    aim,
    note: `bare loop ${medianRatio(rates(bare), rates(peer)).toFixed(2)}x`,
  };
}

function cpuRow(loads: Map<Subject, Load[]>, inFlight: number): Row {
  const costs = (subject: Subject) => loads.get(subject)!.map(({ cpuPerCall }) => cpuPerCall);
  const show = (subject: Subject) => `${median(costs(subject)).toFixed(1)} us`;
  const [must, aim] = CPU_BOUNDS;
  return {
    what: `server CPU per call, ${inFlight} in flight, vs sdk v1`,
    ours: show(portico),
    peer: show(sdkV1),
    value: medianRatio(costs(portico), costs(sdkV1)),
    unit: "x",
    must,
    aim,
    note: `bare loop ${medianRatio(costs(bare), costs(sdkV1)).toFixed(2)}x`,
  };
}
