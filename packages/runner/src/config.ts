import { parseArguments } from "./arguments.ts";
import type { Invocation } from "./correction.ts";
import { refuseUnusedFlags } from "./http-options.ts";
import { nearest } from "./nearest.ts";
import type { OptionSpecs, SettingSpec } from "./options.ts";
import { type Config, optionsOf, type Program } from "./program.ts";
import {
  type Environment,
  type Layers,
  type Located,
  locate,
  readOption,
  refuseNothing,
  variablesOf,
} from "./settings.ts";

/**
 * Reads what the operator gave: command line, environment and configuration file. What is found on the way
 * is left in `invocation`, so that an error can be shown with the place to correct.
 *
 * @throws {ConfigError} at the first thing that cannot be understood or does not fit
 */
export async function readConfig<O extends OptionSpecs>(
  program: Program<O>,
  invocation: Invocation,
  environment: Environment,
): Promise<Omit<Config<O>, "log">> {
  const specs = settingsOf(program);
  const options = optionsOf(program);
  const { positionals } = program;
  const given = parseArguments(invocation.argv, { options, positionals });
  let layers: Layers = { arguments: given, environment };
  invocation.located = locateAll(specs, layers);
  const [path] = invocation.located.get("config")!.texts;
  if (path !== undefined) {
    const { readConfigFile } = await import("./config-file.ts");
    layers = { ...layers, file: await readConfigFile(path, specs) };
    invocation.located = locateAll(specs, layers);
  }
  const { located } = invocation;
  for (const [name, one] of located) refuseNothing(name, one);
  const values = [...options].map(([name, spec]) => [
    name,
    readOption(name, spec, located.get(name)!),
  ]);
  refuseUnusedFlags(located, located.get("transport")!.texts.at(-1) ?? "stdio");
  return {
    // What `readOption` returns for a declaration is what `Values` derives from it.
    options: Object.fromEntries(values) as Config<O>["options"],
    positionals: positionals ? located.get(positionals.name)!.texts : [],
  };
}

/** Variables that are nearly a setting's: they would be ignored while the operator thinks they work. */
export function misspeltVariables(
  program: Program<OptionSpecs>,
  environment: Environment,
): { given: string; meant: string }[] {
  const ours = Object.keys(environment).filter((name) => name.startsWith("PORTICO_"));
  if (ours.length === 0) return [];
  const known = [...settingsOf(program)].flatMap(([name, spec]) => variablesOf(name, spec));
  return ours
    .filter((name) => !known.includes(name))
    .map((given) => ({ given, meant: nearest(given, known) }))
    .filter((pair): pair is { given: string; meant: string } => pair.meant !== undefined);
}

function locateAll(
  specs: ReadonlyMap<string, SettingSpec>,
  layers: Layers,
): ReadonlyMap<string, Located> {
  return new Map([...specs].map(([name, spec]) => [name, locate(name, spec, layers)]));
}

function settingsOf(program: Program<OptionSpecs>): Map<string, SettingSpec> {
  const { positionals } = program;
  const own = positionals ? [[positionals.name, positionals] as const] : [];
  return new Map<string, SettingSpec>([...optionsOf(program), ...own]);
}
