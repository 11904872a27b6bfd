import { setTimeout } from "node:timers/promises";
import { confirm, elicit, JSON_RPC, RpcError, s, ToolError, tool } from "@portico/core";

const WORK_MS = 100;
const NAME = s.object({ name: s.string() });

/** Tools that go on as tasks, and one that never does. */
export const taskTools = [
  tool({
    name: "greet",
    description: "Greets somebody at once.",
    input: NAME,
    run: ({ name }) => `Hello, ${name}!`,
  }),
  tool({
    name: "slow_compute",
    description: "Takes as many seconds as it is told.",
    input: s.object({ seconds: s.number({ minimum: 0 }), label: s.optional(s.string()) }),
    task: "optional",
    async run({ seconds, label = "result" }, ctx) {
      await setTimeout(seconds * 1_000, undefined, { signal: ctx.signal });
      return `Computed ${label} in ${seconds} seconds.`;
    },
  }),
  tool({
    name: "failing_job",
    description: "Works for a moment and fails.",
    task: "required",
    async run(_args, ctx) {
      await setTimeout(WORK_MS, undefined, { signal: ctx.signal });
      throw new ToolError("The job failed.");
    },
  }),
  tool({
    name: "protocol_error_job",
    description: "Works for a moment and breaks.",
    task: "required",
    async run(_args, ctx) {
      await setTimeout(WORK_MS, undefined, { signal: ctx.signal });
      throw new RpcError(JSON_RPC.internalError, "The job broke.");
    },
  }),
  tool({
    name: "confirm_delete",
    description: "Asks before it deletes a file, and deletes nothing.",
    input: s.object({ filename: s.string() }),
    task: "optional",
    async run({ filename }, ctx) {
      const { action } = await ctx.ask("confirm", confirm(`Delete ${filename}?`));
      return action === "accept" ? `Deleted ${filename}.` : `Kept ${filename}.`;
    },
  }),
  tool({
    name: "multi_input",
    description: "Asks two things at once.",
    task: "optional",
    async run(_args, ctx) {
      const [first, second] = await Promise.all([
        ctx.ask("first", elicit("What is your first name?", NAME)),
        ctx.ask("second", elicit("What is your last name?", NAME)),
      ]);
      return `${first.content?.name} ${second.content?.name}`;
    },
  }),
  tool({
    name: "test_tool_with_task",
    description: "Asks for a name, then goes on as a task.",
    task: { support: "required", after: ["user_name"] },
    async run(_args, ctx) {
      const answer = await ctx.ask("user_name", elicit("What is your name?", NAME));
      await setTimeout(WORK_MS, undefined, { signal: ctx.signal });
      return `Worked for ${answer.content?.name}.`;
    },
  }),
];
