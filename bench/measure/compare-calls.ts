import type { Limit, Row } from "../row.ts";
import type { Running } from "./load-client.ts";
import { interleave, median, medianRatio } from "./statistics.ts";

/** One kind of call, made of two servers in turn. */
export interface Work {
  readonly what: string;
  /** The calls of one round, each a line. */
  readonly requests: () => readonly Buffer[];
  readonly must: Limit;
  readonly aim?: Limit;
  readonly note?: string | undefined;
}

/** Ours and the one it is measured beside, both running. */
export interface Contest {
  readonly ours: Running;
  readonly peer: Running;
  readonly peerName: string;
}

/**
 * How long each server is called before anything is counted, in milliseconds: code that was never called takes several
 * times as long as once V8 has compiled it, and the more of it there is, the longer that lasts.
 */
const WARM_UP = 1_000;

/** The least a round lasts, in milliseconds, the same for both, however fast they are. */
const ROUND = 300;

/** How many times as fast ours answers calls, one in flight, once both have answered such calls for a while. */
export async function compareCalls(
  { what, requests, must, aim, note }: Work,
  { ours, peer, peerName }: Contest,
  rounds: number,
): Promise<Row> {
  const perCall = async (server: Running, atLeast: number) => {
    let [calls, milliseconds] = [0, 0];
    while (milliseconds < atLeast) {
      const lines = requests();
      const flooded = await server.flood(lines, 1, (answered) => answered >= lines.length);
      calls += flooded.calls;
      milliseconds += flooded.milliseconds;
    }
    return milliseconds / calls;
  };
  for (const server of [ours, peer]) await perCall(server, WARM_UP);
  const figures = await interleave([ours, peer], rounds, (server) => perCall(server, ROUND));
  const show = (server: Running) => `${median(figures.get(server)!).toFixed(2)} ms`;
  return {
    what: `${what}, vs ${peerName}`,
    ours: show(ours),
    peer: show(peer),
    value: medianRatio(figures.get(peer)!, figures.get(ours)!),
    unit: "x",
    must,
    ...(aim && { aim }),
    ...(note !== undefined && { note }),
  };
}
