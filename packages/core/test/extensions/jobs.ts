import {
  confirm,
  defineServer,
  elicit,
  RpcError,
  type ServerDefinition,
  s,
  ToolError,
  tool,
} from "@portico/core";
import { type TasksOptions, tasks } from "@portico/core/extensions/tasks";

/** What a test does with the jobs that run: waits until one began, and lets it go on. */
export class Gate {
  readonly #begun = Promise.withResolvers<void>();
  readonly #opened = Promise.withResolvers<void>();
  /** Whether the job that came here was told to stop. */
  stopped = false;

  get begun(): Promise<void> {
    return this.#begun.promise;
  }

  open(): void {
    this.#opened.resolve();
  }

  async pass(signal: AbortSignal): Promise<void> {
    this.#begun.resolve();
    const { promise, reject } = Promise.withResolvers<never>();
    signal.addEventListener("abort", () => {
      this.stopped = true;
      reject(signal.reason);
    });
    await Promise.race([this.#opened.promise, promise]);
  }
}

const name = s.object({ name: s.string() });

/** A server whose tools are jobs of every kind. */
export function jobs(options: TasksOptions = {}, gate = new Gate()): ServerDefinition {
  return defineServer({
    name: "jobs",
    version: "1.0.0",
    extensions: [tasks({ pollIntervalMs: 10, ...options })],
    tools: [
      tool({
        name: "greet",
        description: "Answers at once.",
        input: name,
        run: (args) => `Hello, ${args.name}!`,
      }),
      tool({
        name: "wait",
        description: "Goes on when it is let.",
        task: "optional",
        async run(_args, ctx) {
          ctx.progress(1, 2, "Half way there.");
          await gate.pass(ctx.signal);
          return "Done.";
        },
      }),
      tool({
        name: "quick",
        description: "Is done at once.",
        task: "optional",
        run: () => "Done.",
      }),
      tool({
        name: "fail",
        description: "Cannot be done.",
        task: "required",
        run: () => {
          throw new ToolError("It cannot be done.");
        },
      }),
      tool({
        name: "refuse",
        description: "Fails with an error of the protocol.",
        task: "required",
        run: () => {
          throw new RpcError(-32603, "Refused.", { why: "because" });
        },
      }),
      tool({
        name: "ask",
        description: "Asks two things at once, then a third.",
        task: "required",
        async run(_args, ctx) {
          const [first, second] = await Promise.all([
            ctx.ask("first", elicit("First name?", name)),
            ctx.ask("second", elicit("Last name?", name)),
          ]);
          const sure = await ctx.ask("sure", confirm("Sure?"));
          return `${first.content?.name} ${second.content?.name}: ${sure.action}`;
        },
      }),
      tool({
        name: "ask_first",
        description: "Asks one thing before there is a task.",
        task: { support: "required", after: ["who"] },
        async run(_args, ctx) {
          const who = await ctx.ask("who", elicit("Who?", name));
          return `Done for ${who.content?.name}.`;
        },
      }),
      tool({
        name: "outer",
        description: "Calls another tool.",
        run: async (_args, ctx) => (await ctx.call("quick")).content,
      }),
    ],
  });
}
