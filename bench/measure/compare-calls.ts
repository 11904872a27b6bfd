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

/** How many times as fast ours answers calls, one in flight. One round more is made first and not counted. */
export async function compareCalls(
  { what, requests, must, aim, note }: Work,
  { ours, peer, peerName }: Contest,
  rounds: number,
): Promise<Row> {
  const measure = async (server: Running) => {
    const lines = requests();
    const { calls, milliseconds } = await server.flood(
      lines,
      1,
      (answered) => answered >= lines.length,
    );
    return milliseconds / calls;
  };
  await interleave([ours, peer], 1, measure);
  const figures = await interleave([ours, peer], rounds, measure);
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
