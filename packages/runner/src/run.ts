import type { ServerDefinition } from "@portico/core";
import { asksFor } from "./arguments.ts";
import { misspeltVariables, readConfig } from "./config.ts";
import { ConfigError } from "./config-error.ts";
import type { Invocation } from "./correction.ts";
import { type Lifetime, logBug, ownProcess } from "./lifetime.ts";
import { createLogger, type Logger, writeToStandardError } from "./log.ts";
import type { OptionSpecs } from "./options.ts";
import type { Config, Program } from "./program.ts";
import type { Selection } from "./selection.ts";
import { transports } from "./transports.ts";

/**
 * Runs a server binary: reads flags, environment and configuration file, makes the server and serves it
 * until the client goes away. It owns the process: standard output, signals and the exit code, which is 0
 * after an orderly end, 1 after a bug and 2 when the operator has to change something.
 */
export function run<const O extends OptionSpecs = Record<never, never>>(program: Program<O>): void {
  const argv = process.argv.slice(2);
  const invocation: Invocation = { command: commandOf(program), argv, located: new Map() };
  start(program, invocation).catch(async (error) => {
    process.exit(await report(error, program, invocation, createLogger()));
  });
}

async function start<O extends OptionSpecs>(
  program: Program<O>,
  invocation: Invocation,
): Promise<void> {
  const asked = asksFor(invocation.argv);
  if (asked) return answer(asked, program, invocation.argv);
  const settings = await readConfig(program, invocation, process.env);
  const { "log-level": level, "log-format": format } = settings.options;
  const log = createLogger({ level, format });
  for (const { given, meant } of misspeltVariables(program, process.env)) {
    log.warning(`${given} is not known and does nothing; did you mean ${meant}?`);
  }
  const lifetime = ownProcess(log);
  try {
    await serve(program, { ...settings, log }, lifetime);
    lifetime.exit(0);
  } catch (error) {
    lifetime.exit(await report(error, program, invocation, log));
  }
}

/** Standard output carries the protocol, except for these two, after which nothing is served. */
async function answer(
  asked: "help" | "version",
  program: Program<OptionSpecs>,
  argv: readonly string[],
): Promise<void> {
  if (asked === "version") return void process.stdout.write(`${program.version}\n`);
  const { helpText } = await import("./help.ts");
  process.stdout.write(helpText(program, argv));
}

/** Resolves when the client is gone. */
async function serve<O extends OptionSpecs>(
  program: Program<O>,
  config: Config<O>,
  lifetime: Lifetime,
): Promise<void> {
  const { log, options } = config;
  const { name } = program;
  // Opened first, so that nothing the server prints while it starts gets between the messages.
  const begin = await transports[options.transport]({ name, options, log });
  const whole = await program.server(config);
  lifetime.onExit(() => whole.close());
  const running = await begin(program.selectsTools ? whole : await select(whole, options));
  lifetime.onExit((graceMs) => running.close(graceMs), running.graceMs);
  // The entry of a published server (scripts/bundle/guard.ts) keeps the code that a start like this one compiled.
  (process as NodeJS.EventEmitter).emit("portico:serving");
  log.debug(`${program.bin} ${program.version} serves over ${options.transport}.`);
  const reason = await running.done;
  if (reason) log.warning(reason.message);
}

async function select(
  definition: ServerDefinition,
  selection: Selection,
): Promise<ServerDefinition> {
  const { tools, "disable-tools": disabled, "read-only": readOnly } = selection;
  if (tools.length + disabled.length === 0 && !readOnly) return definition;
  const { selectTools } = await import("./selection.ts");
  return selectTools(definition, selection);
}

/** Says what went wrong; returns the exit code for it. */
async function report(
  error: unknown,
  { bin }: { readonly bin: string },
  invocation: Invocation,
  log: Logger,
): Promise<number> {
  if (!(error instanceof ConfigError)) {
    logBug(log, error, "critical");
    return 1;
  }
  const { explain } = await import("./correction.ts");
  writeToStandardError(explain(error, bin, invocation));
  return 2;
}

/** How the operator can repeat the call: npx leaves no command behind. */
function commandOf({ name, bin }: { readonly name: string; readonly bin: string }): string {
  return process.env.npm_lifecycle_event === "npx" ? `npx -y ${name}` : bin;
}
