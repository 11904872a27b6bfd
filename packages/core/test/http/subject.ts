import {
  Changes,
  type Context,
  confirm,
  defineServer,
  InsufficientScope,
  jsonSchema,
  resource,
  type ServerDefinition,
  s,
  tool,
} from "../../src/index.ts";

/** What a test sees of the calls, and holds them by. */
export interface Control {
  readonly changes: Changes;
  readonly held: Held;
}

/** Calls of `hold`, in the order they began. */
export class Held {
  readonly #began: Waiting[] = [];
  readonly #wanted: ((waiting: Waiting) => void)[] = [];

  /** The next call to have begun, now or later. */
  next(): Promise<Waiting> {
    const waiting = this.#began.shift();
    return waiting
      ? Promise.resolve(waiting)
      : new Promise((resolve) => this.#wanted.push(resolve));
  }

  begin(waiting: Waiting): void {
    const wanted = this.#wanted.shift();
    if (wanted) wanted(waiting);
    else this.#began.push(waiting);
  }
}

/** One call that waits for the test. */
export interface Waiting {
  finish(text: string): void;
  report(progress: number): void;
  hangUp(retryMs: number): void;
  /** Resolves when the call was cancelled. */
  readonly aborted: Promise<unknown>;
}

const echo = tool({
  name: "echo",
  description: "Says what it is told.",
  input: s.object({ text: s.string() }),
  run: ({ text }) => text,
});

const count = tool({
  name: "count",
  description: "Reports progress before it answers.",
  run(_, ctx) {
    ctx.progress(1, 2);
    ctx.progress(2, 2);
    return "counted";
  },
});

const hold = tool({
  name: "hold",
  description: "Waits for the test.",
  run: (_, ctx: Context<Control>) =>
    new Promise<string>((finish, reject) => {
      const aborted = new Promise((resolve) =>
        ctx.signal.addEventListener("abort", () => {
          reject(ctx.signal.reason);
          resolve(ctx.signal.reason);
        }),
      );
      ctx.deps.held.begin({
        finish,
        aborted,
        report: (progress) => ctx.progress(progress),
        hangUp: (retryMs) => ctx.hangUp(retryMs),
      });
    }),
});

const sure = tool({
  name: "sure",
  description: "Asks.",
  run: async (_, ctx) => (await ctx.ask("sure", confirm("Sure?"))).action,
});

const region = tool({
  name: "region",
  description: "Has arguments that headers repeat.",
  input: jsonSchema<{ region?: string; count?: number; on?: boolean }>({
    type: "object",
    properties: {
      region: { type: "string", "x-mcp-header": "Region" },
      count: { type: "integer", "x-mcp-header": "Count" },
      on: { type: "boolean", "x-mcp-header": "On" },
    },
  }),
  run: (args) => JSON.stringify(args),
});

const admin = tool({
  name: "admin",
  description: "Needs a scope; may tell of progress first.",
  input: s.object({ first: s.optional(s.boolean()) }),
  run({ first }, ctx) {
    if (first) ctx.progress(1);
    throw new InsufficientScope(["admin", "audit"]);
  },
});

const bug = tool({
  name: "bug",
  description: "Has a bug.",
  run() {
    throw new Error("secret of /home/somebody");
  },
});

const caller = tool({
  name: "caller",
  description: "Says who calls.",
  run: (_, { principal }) => JSON.stringify(principal ?? null),
});

const memo = resource({ uri: "memo://one", name: "one", read: () => "hello" });

/** A server for tests of HTTP, and what its calls are held by. */
export function subject(): { readonly definition: ServerDefinition; readonly control: Control } {
  const changes = new Changes();
  const control: Control = { changes, held: new Held() };
  const definition = defineServer({
    name: "subject",
    version: "1.0.0",
    deps: control,
    changes,
    logging: true,
    tools: [echo, count, hold, sure, region, admin, bug, caller],
    resources: [memo],
  });
  return { definition, control };
}
