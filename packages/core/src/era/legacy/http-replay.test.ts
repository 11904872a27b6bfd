import fc from "fast-check";
import { expect, test } from "vitest";
import { EventStream, type StreamRules } from "../../transport/http/event-stream.ts";
import type { Exchange } from "../../transport/http/exchange.ts";
import { ReplayBudget, ResumableStream } from "./http-replay.ts";

const rules: StreamRules = {
  backlogBytes: 1_000_000,
  keepAliveMs: 1_000_000,
  onCut: () => {},
  isFull: () => false,
  onOpen: () => {},
  onClose: () => {},
};

/** A connection that remembers what was written, until it is lost. */
class Reader {
  readonly stream: EventStream;
  #text = "";
  #lose = () => {};

  constructor() {
    const writer = {
      waiting: 0,
      write: (text: string) => {
        this.#text += text;
      },
      end: () => {},
      cut: () => {},
    };
    this.stream = new EventStream(
      {
        stream: () => writer,
        onGone: (listener: () => void) => {
          this.#lose = listener;
        },
      } as unknown as Exchange,
      rules,
    );
  }

  lose(): void {
    this.#lose();
  }

  get events(): { id: string; data: string }[] {
    const events = this.#text.matchAll(/^id: (.+)\n.*\ndata: (.*)$/gm);
    return [...events].map(([, id = "", data = ""]) => ({ id, data }));
  }
}

const numberOf = (id: string) => Number(id.split("-")[1]);

test("a client that loses its connection again and again gets every message once, in order", () => {
  const steps = fc.array(fc.constantFrom("send", "lose", "resume"), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (taken) => {
      const stream = new ResumableStream("1", new ReplayBudget(1_000_000), () => {});
      let reader = new Reader();
      stream.attach(reader.stream);
      const got: { id: string; data: string }[] = [];
      let sent = 0;
      const collect = () => got.push(...reader.events);
      const resume = () => {
        reader.lose();
        collect();
        reader = new Reader();
        stream.resume(reader.stream, numberOf(got.at(-1)?.id ?? stream.startId));
      };
      for (const step of taken) {
        if (step === "send") stream.send(String(++sent));
        else if (step === "lose") reader.lose();
        else resume();
      }
      resume();
      collect();
      expect(got.map(({ data }) => Number(data))).toEqual(
        Array.from({ length: sent }, (_, n) => n + 1),
      );
    }),
    { seed: 7 },
  );
});

test("what is forgotten gives its room back, whatever is sent or ended after", () => {
  const budget = new ReplayBudget(1_000);
  for (let round = 0; round < 50; round++) {
    const stream = new ResumableStream("1", budget, () => {});
    for (let n = 0; n < 5; n++) stream.send("x".repeat(50));
    stream.forget();
    stream.send("late");
    stream.end();
    stream.forget();
  }
  expect(budget.take(1_000)).toBe(true);
});

test("beyond the room there is, old events cannot be had again, and the newest can as soon as there is room", () => {
  const budget = new ReplayBudget(400);
  const stream = new ResumableStream("1", budget, () => {});
  for (let n = 0; n < 3; n++) stream.send("x".repeat(90));
  expect(stream.canResume(0)).toBe(true);
  stream.send("y".repeat(300));
  expect([0, 1, 2, 3].filter((after) => stream.canResume(after))).toEqual([]);
  stream.send("z");
  expect(stream.canResume(4)).toBe(true);
});
