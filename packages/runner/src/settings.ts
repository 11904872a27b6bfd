import { REDACTED } from "@portico/core";
import type { Argument, Arguments } from "./arguments.ts";
import { ConfigError } from "./config-error.ts";
import { nearest } from "./nearest.ts";
import { expectation, isList, type OptionSpec, type SettingSpec, sample } from "./options.ts";
import { isSecret } from "./redact.ts";

/** Environment variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a configuration file says: texts by setting. */
export interface ConfigFile {
  readonly path: string;
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** Where values are looked for, highest first. */
export interface Layers {
  readonly arguments: Arguments;
  readonly environment: Environment;
  readonly file?: ConfigFile;
}

/** Which layer a value came from, with what is needed to point at it. */
export type Source =
  | { readonly layer: "flag"; readonly arguments: readonly Argument[] }
  | { readonly layer: "environment"; readonly variable: string }
  | { readonly layer: "file"; readonly path: string }
  | { readonly layer: "default" };

/** A setting as it was given: texts, not judged yet. */
export interface Located {
  readonly spec: SettingSpec;
  readonly source: Source;
  readonly texts: readonly string[];
}

/** A value of any setting; an option's type says which. */
export type SettingValue = boolean | number | string | readonly string[] | undefined;

/** The environment variables that set `name`; the first one that is not empty counts. */
export function variablesOf(name: string, { env = [] }: Pick<OptionSpec, "env">): string[] {
  const own = `PORTICO_${name.toUpperCase().replaceAll("-", "_")}`;
  return [own].concat(env);
}

/** How the configuration file says a setting; secrets are not shown. */
export function configLine(name: string, spec: SettingSpec, texts: readonly string[]): string {
  const isBare = spec.type === "boolean" || spec.type === "integer";
  const literal = isBare ? texts[0] : JSON.stringify(isList(spec) ? texts : texts[0]);
  return `${JSON.stringify(name)}: ${isSecret(name) ? JSON.stringify(REDACTED) : literal}`;
}

/** Several texts separated by commas, words by blanks too; blanks around them do not count, nor do empty ones. */
export function splitList(text: string, spec: SettingSpec): string[] {
  return text
    .split("words" in spec && spec.words ? /[\s,]+/ : ",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

/** The texts of a flag, of a list the items of each. */
export function itemsOf(texts: readonly string[], spec: SettingSpec): readonly string[] {
  return spec.type === "list" ? texts.flatMap((text) => splitList(text, spec)) : texts;
}

/**
 * Finds a setting in the highest layer that has it: flag, environment, configuration file, default. Layers
 * never mix, and what a lower one says is not judged. An empty text counts as not given.
 */
export function locate(
  name: string,
  spec: SettingSpec,
  { arguments: { flags, positionals }, environment, file }: Layers,
): Located {
  const given = "example" in spec ? positionals : (flags.get(name) ?? []);
  if (given.length > 0) {
    const texts = given.map(({ text }) => text);
    const source = { layer: "flag", arguments: given } as const;
    return { spec, source, texts: itemsOf(texts, spec) };
  }
  for (const variable of variablesOf(name, spec)) {
    const text = environment[variable];
    if (!text) continue;
    const source = { layer: "environment", variable } as const;
    return { spec, source, texts: isList(spec) ? splitList(text, spec) : [text] };
  }
  const texts = file?.values.get(name);
  if (file && texts) return { spec, source: { layer: "file", path: file.path }, texts };
  return { spec, source: { layer: "default" }, texts: [] };
}

/**
 * The value of a located option. Of a flag given several times the last one counts, a list takes all.
 * @throws {ConfigError} when the text does not fit the option's type or choices
 */
export function readOption(name: string, spec: OptionSpec, located: Located): SettingValue {
  const { source, texts } = located;
  if (source.layer === "default") return defaultOf(spec);
  if (spec.type === "list") return texts;
  const text = texts.at(-1)!;
  const value = readText(spec, text);
  if (value === undefined) throw unfit(name, spec, source, text);
  return value;
}

/**
 * Refuses a list of nothing: it would leave a setting that narrows, such as `tools`, without effect.
 * @throws {ConfigError} when somebody gave one
 */
export function refuseNothing(name: string, { spec, source, texts }: Located): void {
  if (source.layer === "default" || texts.length > 0) return;
  const message = `${placeOf(name, source)} lists nothing; name something, or leave it out.`;
  throw new ConfigError(message, { setting: name, value: sample(name, spec) });
}

/** What an option is when nobody gives it. */
export function defaultOf(spec: OptionSpec): SettingValue {
  if (spec.type === "boolean") return spec.default ?? false;
  if (spec.type === "list") return spec.default ?? [];
  return spec.default;
}

const BOOLEANS = new Map([
  ["true", true],
  ["1", true],
  ["yes", true],
  ["on", true],
  ["false", false],
  ["0", false],
  ["no", false],
  ["off", false],
]);

function readText(spec: OptionSpec, text: string): SettingValue {
  if (spec.type === "boolean") return BOOLEANS.get(text.toLowerCase());
  if (spec.type === "integer") {
    const number = /^\d+$/.test(text) ? Number(text) : undefined;
    return Number.isSafeInteger(number) ? number : undefined;
  }
  const choices = "choices" in spec ? spec.choices : undefined;
  return choices === undefined || choices.includes(text) ? text : undefined;
}

function unfit(name: string, spec: OptionSpec, source: Source, text: string): ConfigError {
  const choices = "choices" in spec ? (spec.choices ?? []) : [];
  const shown = isSecret(name) ? "" : `, not "${text}"`;
  const message = `${placeOf(name, source)} must be ${expectation(spec)}${shown}.`;
  const value = nearest(text, choices) ?? sample(name, spec);
  return new ConfigError(message, { setting: name, insteadOf: text, value });
}

function placeOf(name: string, source: Source): string {
  if (source.layer === "environment") return source.variable;
  return source.layer === "file" ? `"${name}" in ${source.path}` : `--${name}`;
}
