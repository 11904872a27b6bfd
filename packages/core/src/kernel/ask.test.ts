import { describe, expect, test } from "vitest";
import { RpcError } from "../jsonrpc/rpc-error.ts";
import { s } from "../schema/build.ts";
import { NO_ANSWERS, withResponses } from "./answers.ts";
import { Asking, Suspended } from "./ask.ts";
import { MissingClientCapability } from "./capability.ts";
import type { InputRequired, Outcome } from "./outcome.ts";
import { confirm, elicit, listRoots, sample } from "./questions.ts";

const forms = { elicitation: { form: {} } };
const accepted = { action: "accept", content: {} };

/** Runs a handler until it is done, giving the same answer to everything. Counts the runs. */
async function converse(handler: (asking: Asking) => Promise<object>) {
  let answers = NO_ANSWERS;
  for (let runs = 1; ; runs++) {
    const asking = new Asking(answers, forms);
    const outcome: Outcome = await asking.run(() => handler(asking));
    if (outcome.kind !== "input_required") return { outcome, runs };
    const responses = [...outcome.requests.keys()].map((key) => [key, accepted] as const);
    answers = withResponses(outcome.answers, responses);
  }
}

describe("a question", () => {
  test("that is not awaited at once does not count as an unhandled rejection", async () => {
    const { outcome } = await converse(async (asking) => {
      const first = asking.ask("first", confirm("?"));
      await new Promise((resolve) => setImmediate(resolve));
      return { action: (await first).action };
    });
    expect(outcome).toEqual({ kind: "complete", result: { action: "accept" } });
  });

  test("wins over what the handler threw or returned meanwhile", async () => {
    for (const handler of [
      async (asking: Asking) => {
        await asking.ask("sure", confirm("?")).catch(() => {});
        return {};
      },
      async (asking: Asking): Promise<object> => {
        await asking.ask("sure", confirm("?")).catch(() => {});
        throw new Error("meanwhile");
      },
    ]) {
      const asking = new Asking(NO_ANSWERS, forms);
      expect((await asking.run(() => handler(asking))).kind).toBe("input_required");
    }
  });

  test("read in a loop under one key is an error, not a hang", async () => {
    const run = converse(async (asking) => {
      for (;;) await asking.ask("name", confirm("?"));
    });
    await expect(run).rejects.toThrow("in a loop");
  });

  test("the client cannot be asked is refused before anything is recorded", async () => {
    const asking = new Asking(NO_ANSWERS, forms);
    const run = asking.run(async () => asking.ask("roots", listRoots()));
    await expect(run).rejects.toBeInstanceOf(MissingClientCapability);
    expect(asking.can(listRoots())).toBe(false);
    expect(asking.can(confirm("?"))).toBe(true);
  });

  test.each([
    [confirm("?"), { action: "perhaps" }],
    [elicit("?", s.object({ age: s.integer() })), { action: "accept", content: { age: "old" } }],
    [elicit("?", s.object({ age: s.integer() })), { action: "accept" }],
    [sample({ messages: [], maxTokens: 1 }), { role: "assistant", content: null, model: "m" }],
    [sample({ messages: [], maxTokens: 1 }), {}],
    [listRoots(), { roots: [{ uri: 5 }] }],
    [listRoots(), { roots: "none" }],
  ])("with an answer of the wrong shape is -32602", async (question, answer) => {
    const given = withResponses(NO_ANSWERS, [["key", answer as never]]);
    const asking = new Asking(given, { ...forms, roots: {}, sampling: {} });
    await expect(asking.ask("key", question as never)).rejects.toMatchObject({
      code: -32602,
      message: expect.stringContaining('The answer to "key" is wrong'),
    });
  });

  test("cannot be a form of anything but plain fields", () => {
    const nested = s.object({ address: s.object({ town: s.string() }) });
    expect(() => elicit("?", nested)).toThrow(TypeError);
  });
});

describe("once", () => {
  test("does a step once for all runs, also when its value is null", async () => {
    let steps = 0;
    const { outcome, runs } = await converse(async (asking) => {
      await asking.once("step", () => {
        steps++;
        return null;
      });
      await asking.ask("a", confirm("?"));
      await asking.ask("b", confirm("?"));
      return {};
    });
    expect([outcome.kind, runs, steps]).toEqual(["complete", 3, 1]);
  });

  test("begun twice at the same time is done once", async () => {
    const asking = new Asking(NO_ANSWERS, forms);
    let steps = 0;
    const step = async () => ++steps;
    const both = await Promise.all([asking.once("step", step), asking.once("step", step)]);
    expect(both).toEqual([1, 1]);
  });

  test("that failed is done again", async () => {
    const asking = new Asking(NO_ANSWERS, forms);
    const fails = () => Promise.reject(new Error("no luck"));
    await expect(asking.once("step", fails)).rejects.toThrow("no luck");
    expect(await asking.once("step", () => "luck")).toBe("luck");
  });

  test("waits while a question is open", async () => {
    const asking = new Asking(NO_ANSWERS, forms);
    void asking.ask("a", confirm("?"));
    await expect(asking.once("step", () => 1)).rejects.toBeInstanceOf(Suspended);
  });
});

test("a call inside another keeps its questions and steps to itself, and is not run again", async () => {
  let runs = 0;
  const inner = async (answers: typeof NO_ANSWERS) => {
    const asking = new Asking(answers, forms);
    return asking.run(async () => {
      runs++;
      const ticket = await asking.once("ticket", () => runs);
      return { ticket, action: (await asking.ask("sure", confirm("?"))).action };
    });
  };
  const { outcome } = await converse(async (asking) => {
    const [first, second] = [
      await asking.within("inner#0", inner),
      await asking.within("inner#1", inner),
    ];
    await asking.ask("sure", confirm("?"));
    return { first, second };
  });
  const done = (ticket: number) => ({ kind: "complete", result: { ticket, action: "accept" } });
  expect(outcome).toEqual({ kind: "complete", result: { first: done(1), second: done(3) } });
  expect(runs).toBe(4);
});

test("the questions of an inner call are asked under its name", async () => {
  const asking = new Asking(NO_ANSWERS, forms);
  const outcome = await asking.run(() =>
    asking.within("inner#0", (answers) => {
      const within = new Asking(answers, forms);
      return within.run(() => within.ask("sure", confirm("?")));
    }),
  );
  expect([...(outcome as InputRequired).requests.keys()]).toEqual(["inner#0/sure"]);
});

test("an inner call that failed is not asked again what it was answered, when the outer one goes on to ask", async () => {
  let asked = 0;
  const inner = async (answers: typeof NO_ANSWERS) => {
    const asking = new Asking(answers, forms);
    return asking.run(async () => {
      if (!answers.given.has("sure")) asked++;
      await asking.ask("sure", confirm("?"));
      throw new RpcError(-32602, "There is nothing here.");
    });
  };
  const { outcome } = await converse(async (asking) => {
    await asking.within("inner#0", inner).catch((error) => {
      if (error instanceof Suspended) throw error;
    });
    return { action: (await asking.ask("other", confirm("?"))).action };
  });
  expect(outcome).toEqual({ kind: "complete", result: { action: "accept" } });
  expect(asked).toBe(1);
});
