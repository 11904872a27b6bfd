import type { ServerDefinition } from "@portico/core";
import { HTTP_OPTIONS } from "./http-options.ts";
import type { Logger } from "./log.ts";
import {
  type OptionSpec,
  type OptionSpecs,
  type PositionalSpec,
  SHARED_OPTIONS,
  type Values,
} from "./options.ts";

/** What the operator decided, typed by the declarations. */
export interface Config<O extends OptionSpecs> {
  /** The arguments that are no flags; empty when none were given. */
  readonly positionals: readonly string[];
  /** The program's own options and those of every server, by name. */
  readonly options: Values<O> & Values<typeof SHARED_OPTIONS> & Values<typeof HTTP_OPTIONS>;
  /** Writes to standard error. */
  readonly log: Logger;
}

/** One line of `--help` to learn from. */
export interface Example {
  /** What follows the program's name. */
  readonly args: string;
  /** What it does, one sentence. */
  readonly description: string;
}

/** A server binary: what it is called, what it can be told, and the server it runs. */
export interface Program<O extends OptionSpecs> {
  /** The npm package that contains it. */
  readonly name: string;
  /** The command it installs. */
  readonly bin: string;
  readonly version: string;
  /** One sentence for `--help`. */
  readonly summary: string;
  readonly positionals?: PositionalSpec;
  /** The program's own flags. */
  readonly options?: O;
  /** More environment variables for the flags of every server, under the names users of another program know. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly examples?: readonly Example[];
  /**
   * The server follows `tools`, `disable-tools` and `read-only` itself, because it has tools it does not list. Default
   * false: they are followed for it, by what it lists.
   */
  readonly selectsTools?: boolean;
  /**
   * Makes the server. Called once, after everything the operator gave was judged.
   * @throws {ConfigError} when a setting turns out wrong: shown with the corrected line, exit code 2
   */
  server(config: Config<O>): ServerDefinition | Promise<ServerDefinition>;
}

/** Every option a program has: its own, then those of every server. */
export function optionsOf({
  options = {},
  variables,
}: Program<OptionSpecs>): Map<string, OptionSpec> {
  const all = new Map<string, OptionSpec>([
    ...Object.entries(options),
    ...Object.entries(SHARED_OPTIONS),
    ...Object.entries(HTTP_OPTIONS),
  ]);
  for (const [name, variable] of Object.entries(variables ?? {})) {
    const spec = all.get(name)!;
    all.set(name, { ...spec, env: [spec.env ?? [], variable].flat() });
  }
  return all;
}
