import { parseArguments } from "./arguments.ts";
import { nearest } from "./nearest.ts";
import type { OptionSpecs, SettingSpec } from "./options.ts";
import { type Config, optionsOf, type Program } from "./program.ts";
import {
  type Environment,
  type Layers,
  type Located,
  locate,
  readOption,
  type SettingValue,
  variablesOf,
} from "./settings.ts";

/**
 * Finds every setting of `program` in the command line, the environment and the configuration file.
 * @throws {ConfigError} when the command line or the file cannot be understood
 */
export async function locateSettings(
  program: Program<OptionSpecs>,
  argv: readonly string[],
  environment: Environment,
): Promise<Map<string, Located>> {
  const specs = settingsOf(program);
  const { positionals } = program;
  const given = parseArguments(argv, { options: optionsOf(program), positionals });
  let layers: Layers = { arguments: given, environment };
  const [path] = locate("config", specs.get("config")!, layers).texts;
  if (path !== undefined) {
    const { readConfigFile } = await import("./config-file.ts");
    layers = { ...layers, file: await readConfigFile(path, specs) };
  }
  const located = new Map<string, Located>();
  for (const [name, spec] of specs) located.set(name, locate(name, spec, layers));
  return located;
}

/**
 * Reads the values of located settings.
 * @throws {ConfigError} at the first one that does not fit its declaration
 */
export function readSettings<O extends OptionSpecs>(
  program: Program<O>,
  located: ReadonlyMap<string, Located>,
): Omit<Config<O>, "log"> {
  const options: Record<string, SettingValue> = {};
  for (const [name, spec] of optionsOf(program)) {
    options[name] = readOption(name, spec, located.get(name)!);
  }
  const positionals = program.positionals ? located.get(program.positionals.name)!.texts : [];
  // The declarations say what type each value has; `readOption` made it so.
  return { options: options as Config<O>["options"], positionals };
}

/** Variables that are nearly a setting's: they would be ignored while the operator thinks they work. */
export function misspeltVariables(
  program: Program<OptionSpecs>,
  environment: Environment,
): { given: string; meant: string }[] {
  const known = [...settingsOf(program)].flatMap(([name, spec]) => variablesOf(name, spec));
  return Object.keys(environment)
    .filter((name) => name.startsWith("PORTICO_") && !known.includes(name))
    .map((given) => ({ given, meant: nearest(given, known) }))
    .filter((pair): pair is { given: string; meant: string } => pair.meant !== undefined);
}

function settingsOf(program: Program<OptionSpecs>): Map<string, SettingSpec> {
  const { positionals } = program;
  const own = positionals ? [[positionals.name, positionals] as const] : [];
  return new Map<string, SettingSpec>([...optionsOf(program), ...own]);
}
