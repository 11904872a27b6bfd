import { maskCredentials, REDACTED } from "@portico/core";
import type { Argument } from "./arguments.ts";
import type { ConfigError, SettingCorrection } from "./config-error.ts";
import { type SettingSpec, sample } from "./options.ts";
import { isSecret } from "./redact.ts";
import { configLine, itemsOf, type Located } from "./settings.ts";

/** What is known of the invocation when an error is shown. */
export interface Invocation {
  /** How the program was called: its own name, or `npx -y` and its package. */
  readonly command: string;
  readonly argv: readonly string[];
  /** What was found so far. */
  located: ReadonlyMap<string, Located>;
}

/** The lines a person reads: the sentence, then what to write instead. */
export function explain(error: ConfigError, bin: string, invocation: Invocation): string {
  const corrected = correctedLine(error, invocation) ?? `${invocation.command} --help`;
  return maskCredentials(`${bin}: ${error.message}\n  ${corrected}\n`);
}

function correctedLine({ correction }: ConfigError, invocation: Invocation): string | undefined {
  if (correction === undefined) return undefined;
  if ("argv" in correction) return commandLine(invocation.command, correction.argv);
  if ("file" in correction) return `${correction.file}: ${correction.line}`;
  const located = invocation.located.get(correction.setting);
  return located && correctSetting(correction, located, invocation);
}

function correctSetting(
  correction: SettingCorrection,
  { spec, source, texts }: Located,
  { command, argv }: Invocation,
): string {
  const { setting } = correction;
  switch (source.layer) {
    case "flag":
      return commandLine(command, correctArguments(argv, source.arguments, correction, spec));
    case "environment": {
      const text = isSecret(setting) ? REDACTED : correctTexts(texts, correction).join(",");
      return assignment(source.variable, text) + commandLine(command, argv);
    }
    case "file":
      return `${source.path}: ${configLine(setting, spec, correctTexts(texts, correction))}`;
    case "default": {
      const value = correction.value ?? sample(setting, spec);
      const added = "example" in spec ? [...argv, value] : [`--${setting}=${value}`, ...argv];
      return commandLine(command, added);
    }
  }
}

function correctTexts(
  texts: readonly string[],
  { insteadOf, value }: SettingCorrection,
): readonly string[] {
  const right = value === undefined ? [] : [value];
  if (insteadOf === undefined) return right;
  return texts.flatMap((text) => (text === insteadOf ? right : [text]));
}

function correctArguments(
  argv: readonly string[],
  given: readonly Argument[],
  correction: SettingCorrection,
  spec: SettingSpec,
): readonly string[] {
  const items = ({ text }: Argument) => itemsOf([text], spec);
  const holdsWrong = (one: Argument) => items(one).some((item) => item === correction.insteadOf);
  const wrong = given.findLast(holdsWrong) ?? given.at(-1)!;
  const text = correctTexts(items(wrong), correction).join(",");
  const flag = `--${correction.setting}`;
  if ("example" in spec) return argv.toSpliced(wrong.index, 1, ...(text ? [text] : []));
  const isSeparate = !argv[wrong.index]!.startsWith("-");
  if (isSeparate) return argv.toSpliced(wrong.index - 1, 2, ...(text ? [flag, text] : []));
  return argv.toSpliced(wrong.index, 1, ...(text ? [`${flag}=${text}`] : []));
}

function commandLine(command: string, argv: readonly string[]): string {
  return [command, ...argv.map((argument, index) => show(argument, argv[index - 1] ?? ""))].join(
    " ",
  );
}

function show(argument: string, before: string): string {
  const [flag = "", inline] = argument.split("=", 2);
  const isSecretFlag = flag.startsWith("-") && inline !== undefined && isSecret(flag);
  if (isSecretFlag) return `${flag}=${REDACTED}`;
  const isSecretValue = before.startsWith("--") && !before.includes("=") && isSecret(before);
  return isSecretValue ? REDACTED : quote(argument);
}

function assignment(variable: string, text: string): string {
  return process.platform === "win32"
    ? `set "${variable}=${text}" && `
    : `${variable}=${quote(text)} `;
}

/** Written so that the shell takes it as it is. */
function quote(text: string): string {
  if (/^[\w@%+=:,./~-]+$/.test(text)) return text;
  if (process.platform === "win32") return `"${text.replaceAll('"', '\\"')}"`;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
