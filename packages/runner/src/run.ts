import type { ServerDefinition } from "@portico/core";
import { asksFor } from "./arguments.ts";
import { locateSettings, misspeltVariables, readSettings } from "./config.ts";
import { ConfigError } from "./config-error.ts";
import type { Invocation } from "./correction.ts";
import { logBug, ownProcess } from "./lifetime.ts";
import { createLogger, writeToStandardError } from "./log.ts";
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
  const invocation = { command: commandOf(program), argv, located: new Map() };
  start(program, invocation).catch((error) => fail(error, program, invocation));
}

async function start<O extends OptionSpecs>(
  program: Program<O>,
  invocation: Invocation & { located: Invocation["located"] },
): Promise<void> {
  const { argv } = invocation;
  const asked = asksFor(argv);
  if (asked) return answer(asked, program, argv);
  invocation.located = await locateSettings(program, argv, process.env);
  const settings = readSettings(program, invocation.located);
  const { "log-level": level, "log-format": format } = settings.options;
  const log = createLogger({ level, format });
  for (const { given, meant } of misspeltVariables(program, process.env)) {
    log.warning(`${given} is not known and does nothing; did you mean ${meant}?`);
  }
  await serve(program, { ...settings, log });
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

async function serve<O extends OptionSpecs>(program: Program<O>, config: Config<O>): Promise<void> {
  const { log, options } = config;
  const lifetime = ownProcess(log);
  // Opened first, so that nothing the server prints while it starts gets between the messages.
  const begin = transports[options.transport]();
  const whole = await program.server(config);
  lifetime.onExit(() => whole.close());
  const serving = begin(await select(whole, options), log);
  lifetime.onExit(() => serving.close());
  log.info(`${program.bin} ${program.version} serves over ${options.transport}.`);
  const reason = await serving.done;
  if (reason) log.warning(reason.message);
  lifetime.exit(0);
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

async function fail(
  error: unknown,
  { bin }: { readonly bin: string },
  invocation: Invocation,
): Promise<never> {
  if (!(error instanceof ConfigError)) {
    logBug(createLogger(), error, "critical");
    process.exit(1);
  }
  const { explain } = await import("./correction.ts");
  writeToStandardError(explain(error, bin, invocation));
  process.exit(2);
}

/** How the operator can repeat the call: npx leaves no command behind. */
function commandOf({ name, bin }: { readonly name: string; readonly bin: string }): string {
  return process.env.npm_lifecycle_event === "npx" ? `npx -y ${name}` : bin;
}
