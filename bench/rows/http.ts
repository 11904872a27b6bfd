import { flood } from "../measure/http-load.ts";
import { pinApart } from "../measure/pin.ts";
import { cpuMicroseconds } from "../measure/process-facts.ts";
import { interleave, median, medianRatio } from "../measure/statistics.ts";
import type { Limit, Row } from "../row.ts";
import {
  bare,
  type HttpRunning,
  type HttpSubject,
  legacy,
  mcpLite,
  modern,
  sdkV1,
  sdkV2,
  start,
  tmcp,
} from "./http-subjects.ts";

const ROUND_MS = 350;
/** As many as the limits were taken in; after more of them a server no longer has just started. */
const MOST_ROUNDS = 5;
/** How long a server is under load before it is measured once more. */
const WARM_UP_MS = 2_000;

interface Load {
  readonly perSecond: number;
  readonly cpuPerCall: number;
}

type Loads = Map<HttpSubject, Load[]>;
/** By how many calls were in flight. */
type Measured = ReadonlyMap<number, Loads>;
type Comparison = readonly [
  inFlight: number,
  ours: HttpSubject,
  peer: HttpSubject,
  must: Limit,
  aim: Limit,
];

const RATE: readonly Comparison[] = [
  [16, legacy, sdkV1, { atLeast: 5 }, { atLeast: 8 }],
  [64, legacy, sdkV1, { atLeast: 8 }, { atLeast: 12 }],
  [16, modern, sdkV2, { atLeast: 8 }, { atLeast: 10 }],
  [64, modern, sdkV2, { atLeast: 10 }, { atLeast: 15 }],
  [64, legacy, mcpLite, { atLeast: 1.8 }, { atLeast: 2.7 }],
  [64, modern, tmcp, { atLeast: 3.5 }, { atLeast: 6 }],
  [64, modern, bare, { atLeast: 0.6 }, { atLeast: 0.9 }],
];
const CPU: Comparison = [64, legacy, sdkV1, { atMost: 0.2 }, { atMost: 0.09 }];

/**
 * Calls of a tool that returns its 11-byte text, over kept-alive connections with one call in flight on each. The limits
 * come from five rounds of 300 ms in servers that had just started, so that is what is held against them; what becomes of
 * it under load that goes on is in a note.
 */
export async function httpRows(rounds: number): Promise<Row[]> {
  const subjects = [legacy, modern, bare, sdkV1, sdkV2, mcpLite, tmcp];
  const running = new Map<HttpSubject, HttpRunning>();
  try {
    for (const subject of subjects) {
      const server = await start(subject);
      pinApart(server.pid);
      running.set(subject, server);
    }
    const measureAll = async (): Promise<Measured> => {
      const loads = new Map<number, Loads>();
      for (const inFlight of [16, 64]) {
        const measure = (subject: HttpSubject) => load(running.get(subject)!, inFlight, ROUND_MS);
        loads.set(inFlight, await interleave(subjects, Math.min(rounds, MOST_ROUNDS), measure));
      }
      return loads;
    };
    const started = await measureAll();
    for (const server of running.values()) await load(server, 64, WARM_UP_MS);
    const warm = await measureAll();
    return [
      ...RATE.map((one) => row(one, rateRow, started, warm)),
      row(CPU, cpuRow, started, warm),
    ];
  } finally {
    await Promise.all([...running.values()].map((server) => server.stop()));
  }
}

async function load(
  { pid, port, calls }: HttpRunning,
  inFlight: number,
  milliseconds: number,
): Promise<Load> {
  const before = cpuMicroseconds(pid);
  const until = performance.now() + milliseconds;
  const flooded = await flood(port, calls, inFlight, () => performance.now() >= until);
  const cpu = cpuMicroseconds(pid) - before;
  return {
    perSecond: (flooded.calls / flooded.milliseconds) * 1000,
    cpuPerCall: cpu / flooded.calls,
  };
}

function row(
  comparison: Comparison,
  rowOf: (loads: Loads, comparison: Comparison) => Row,
  started: Measured,
  warm: Measured,
): Row {
  const [inFlight] = comparison;
  const later = rowOf(warm.get(inFlight)!, comparison).value;
  return {
    ...rowOf(started.get(inFlight)!, comparison),
    note: `once warm ${later.toFixed(2)}x`,
  };
}

function rateRow(loads: Loads, [inFlight, ours, peer, must, aim]: Comparison): Row {
  const rates = (subject: HttpSubject) => loads.get(subject)!.map(({ perSecond }) => perSecond);
  const show = (subject: HttpSubject) => `${(median(rates(subject)) / 1000).toFixed(1)}k/s`;
  return {
    what: `http echo ${ours.revision}, ${inFlight} in flight, vs ${peer.name}`,
    ours: show(ours),
    peer: show(peer),
    value: medianRatio(rates(ours), rates(peer)),
    unit: "x",
    must,
    aim,
  };
}

function cpuRow(loads: Loads, [inFlight, ours, peer, must, aim]: Comparison): Row {
  const costs = (subject: HttpSubject) => loads.get(subject)!.map(({ cpuPerCall }) => cpuPerCall);
  const show = (subject: HttpSubject) => `${median(costs(subject)).toFixed(1)} us`;
  return {
    what: `http server CPU per call, ${inFlight} in flight, vs ${peer.name}`,
    ours: show(ours),
    peer: show(peer),
    value: medianRatio(costs(ours), costs(peer)),
    unit: "x",
    must,
    aim,
  };
}
