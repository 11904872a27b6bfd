import { promises } from "node:fs";
import { REDACTED } from "@portico/core";
import { ConfigError } from "./config-error.ts";
import { nearest } from "./nearest.ts";
import { expectation, isList, type SettingSpec, sample } from "./options.ts";
import { isSecret } from "./redact.ts";
import { type ConfigFile, configLine, splitList } from "./settings.ts";

/**
 * Reads a JSON file of settings: one object, whose keys are names of flags or of the positionals.
 * @throws {ConfigError} when it cannot be read, is not such an object, or has a key nobody knows
 */
export async function readConfigFile(
  path: string,
  specs: ReadonlyMap<string, SettingSpec>,
): Promise<ConfigFile> {
  const values = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(parseObject(path, await readText(path)))) {
    const spec = specs.get(key);
    if (spec === undefined) throw unknownKey(path, key, value, specs.keys());
    const texts = textsOf(value, spec);
    if (texts === undefined) {
      throw new ConfigError(`"${key}" in ${path} must be ${expectation(spec)}.`, {
        file: path,
        line: configLine(key, spec, [sample(key, spec)]),
      });
    }
    if (value !== "") values.set(key, texts);
  }
  return { path, values };
}

async function readText(path: string): Promise<string> {
  try {
    const text = await promises.readFile(path, "utf8");
    return text.startsWith("\uFEFF") ? text.slice(1) : text;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const known = { ENOENT: "there is no such file", EISDIR: "it is a folder" };
    const why = known[code as keyof typeof known] ?? code ?? "it is not readable";
    throw new ConfigError(`The configuration file "${path}" cannot be read: ${why}.`, {
      setting: "config",
      value: "PATH",
    });
  }
}

function parseObject(path: string, text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // The engine's message quotes the file, which may hold a secret; only the position is taken from it.
    const [where] = /line \d+ column \d+/.exec((error as Error).message) ?? [];
    const at = where ? ` at ${where}` : "";
    throw new ConfigError(`The configuration file "${path}" is not JSON${at}; correct it.`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new ConfigError(`The configuration file "${path}" must hold one JSON object.`, {
    file: path,
    line: `{ "log-level": "info" }`,
  });
}

/** The same texts a flag would have; undefined when no flag could say it. */
function textsOf(value: unknown, spec: SettingSpec): readonly string[] | undefined {
  if (Array.isArray(value)) {
    return isList(spec) && value.every((item) => typeof item === "string") ? value : undefined;
  }
  if (typeof value === "boolean" || typeof value === "number") return [String(value)];
  if (typeof value !== "string") return undefined;
  return isList(spec) ? splitList(value, spec) : [value];
}

function unknownKey(
  path: string,
  key: string,
  value: unknown,
  known: Iterable<string>,
): ConfigError {
  const meant = nearest(key, known);
  if (meant === undefined) {
    return new ConfigError(`There is no setting "${key}" (in ${path}); remove the key.`);
  }
  return new ConfigError(`There is no setting "${key}" (in ${path}); did you mean "${meant}"?`, {
    file: path,
    line: `${JSON.stringify(meant)}: ${JSON.stringify(isSecret(meant) ? REDACTED : value)}`,
  });
}
