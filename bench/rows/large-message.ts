import { launch, type Running, toolCalls } from "../measure/load-client.ts";
import { interleave, median, medianRatio } from "../measure/statistics.ts";
import type { Row } from "../row.ts";
import { portico, type Subject, sdkV1 } from "../subjects.ts";

const MEGABYTE = 2 ** 20;

/** One call with 1 MB and with 8 MB of text: beside the peer, and whether time grows with size only. */
export async function largeMessageRows(rounds: number): Promise<Row[]> {
  const subjects = [portico, sdkV1];
  const running = new Map(subjects.map((subject) => [subject, launch(subject)]));
  try {
    for (const server of running.values()) await server.initialize();
    const small = await times(running, subjects, rounds, MEGABYTE);
    const large = await times(running, subjects, rounds, 8 * MEGABYTE);
    const show = (subject: Subject) => `${median(large.get(subject)!).toFixed(0)} ms`;
    return [
      {
        what: "8 MB echo vs sdk v1",
        ours: show(portico),
        peer: show(sdkV1),
        value: medianRatio(large.get(sdkV1)!, large.get(portico)!),
        unit: "x",
        must: { atLeast: 2 },
      },
      {
        what: "8 MB echo vs our own 1 MB echo",
        ours: show(portico),
        peer: `${median(small.get(portico)!).toFixed(1)} ms`,
        value: medianRatio(large.get(portico)!, small.get(portico)!),
        unit: "x",
        must: { atMost: 16 },
        aim: { atMost: 10 },
        note: "8x is linear",
      },
    ];
  } finally {
    await Promise.all([...running.values()].map((server) => server.stop()));
  }
}

async function times(
  running: ReadonlyMap<Subject, Running>,
  subjects: readonly Subject[],
  rounds: number,
  size: number,
): Promise<Map<Subject, number[]>> {
  const request = toolCalls(1, "echo", { text: "x".repeat(size) });
  const measure = async (subject: Subject) => {
    const { milliseconds } = await running
      .get(subject)!
      .flood(request, 1, (answered) => answered >= 1);
    return milliseconds;
  };
  await interleave(subjects, 2, measure);
  return interleave(subjects, rounds, measure);
}
