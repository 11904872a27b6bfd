import { resolve } from "node:path";
import { type Arguments, type Grammar, parseArguments } from "./arguments.ts";
import { ConfigError } from "./config-error.ts";
import { type HostEntry, hostEntry, type UrlHostEntry, urlHostEntry } from "./host-entry.ts";
import { HTTP_OPTIONS } from "./http-options.ts";
import {
  type OptionSpecs,
  type PositionalSpec,
  placeholder,
  type SettingSpec,
  SHARED_OPTIONS,
} from "./options.ts";
import { type Example, optionsOf, type Program } from "./program.ts";
import { variablesOf } from "./settings.ts";

const WIDTH = 96;
const INDENT = " ".repeat(6);

/** The text of `--help`; `argv` is what the user wrote beside it, and ends up in the host entry. */
export function helpText(program: Program<OptionSpecs>, argv: readonly string[]): string {
  const { bin, version, summary, positionals, options = {}, examples = [] } = program;
  const entry = entryFor(program, argv);
  const all = optionsOf(program);
  const ofProgram = (shared: OptionSpecs): OptionSpecs =>
    Object.fromEntries(Object.keys(shared).map((name) => [name, all.get(name)!]));
  const sections = [
    `${bin} ${version}\n${wrap(summary, "")}`,
    `Usage: ${bin} [flags]${positionals ? ` ${usageOf(positionals)}` : ""}`,
    positionals && `  ${usageOf(positionals)}\n${describe(positionals.name, positionals)}`,
    flagSection("Flags:", options),
    flagSection("Flags of every Portico server:", ofProgram(SHARED_OPTIONS)),
    flagSection("Flags for --transport http:", ofProgram(HTTP_OPTIONS)),
    "  -h, --help\n      Show this text.\n  --version\n      Show the version.",
    wrap(PRECEDENCE, ""),
    exampleSection(bin, examples),
    `To add it to a host, with the arguments of this command:\n${JSON.stringify(entry, null, 2)}`,
  ];
  return `${sections.filter(Boolean).join("\n\n")}\n`;
}

const PRECEDENCE =
  "A flag wins over its environment variable, that over the configuration file, that over the default. " +
  "--no-NAME turns a switch off, -- ends the flags.";

function usageOf({ name, variadic }: PositionalSpec): string {
  return `${name.toUpperCase()}${variadic ? "..." : ""}`;
}

function flagSection(title: string, options: OptionSpecs): string | undefined {
  const flags = Object.entries(options).map(([name, spec]) => {
    const value = spec.type === "boolean" ? "" : ` ${placeholder(name, spec)}`;
    return `  --${name}${value}\n${describe(name, spec)}`;
  });
  return flags.length > 0 ? [title, ...flags].join("\n") : undefined;
}

function describe(name: string, spec: SettingSpec): string {
  const facts = [spec.description];
  if ("choices" in spec && spec.choices) facts.push(`One of ${spec.choices.join(", ")}.`);
  if ("default" in spec && spec.default !== undefined) facts.push(`Default: ${spec.default}.`);
  const variables = `Environment: ${variablesOf(name, spec).join(", ")}`;
  return `${wrap(facts.join(" "), INDENT)}\n${INDENT}${variables}`;
}

function exampleSection(bin: string, examples: readonly Example[]): string | undefined {
  if (examples.length === 0) return undefined;
  const lines = examples.map(
    ({ args, description }) => `${wrap(description, "  # ")}\n  ${bin} ${args}`,
  );
  return ["Examples:", ...lines].join("\n");
}

function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  let line = indent.trimEnd();
  for (const word of text.split(" ")) {
    if (line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = indent.trimEnd();
    }
    line = line === "" ? indent + word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}

/** How a host starts the server, or reaches one that was started for HTTP. */
function entryFor(
  program: Program<OptionSpecs>,
  argv: readonly string[],
): HostEntry | UrlHostEntry {
  const { name, positionals } = program;
  const { flags } = understand(argv, { options: optionsOf(program), positionals }) ?? {};
  const last = (flag: string) => flags?.get(flag)?.at(-1)?.text;
  if (last("transport") !== "http") return hostEntry({ name, args: hostArguments(program, argv) });
  const { host, port, path } = HTTP_OPTIONS;
  const scheme = last("tls-cert") === undefined ? "http" : "https";
  const authority = `${last("host") ?? host.default}:${last("port") ?? port.default}`;
  const url = `${scheme}://${authority}${last("path") ?? path.default}`;
  return urlHostEntry({ name, url, authenticated: last("auth-tokens") !== undefined });
}

/** The user's own arguments, with whole paths: a host starts the server in some other folder. */
function hostArguments(program: Program<OptionSpecs>, argv: readonly string[]): readonly string[] {
  const { positionals } = program;
  const options = optionsOf(program);
  const example = positionals ? [positionals.example] : [];
  const given = understand(argv, { options, positionals });
  if (given === undefined) return example;
  const args = [...given.argv];
  for (const { text, index } of given.positionals) {
    if (positionals?.type === "path") args[index] = wholePath(text);
  }
  for (const [name, values] of given.flags) {
    if (options.get(name)?.type !== "path") continue;
    for (const { text, index } of values) {
      args[index] = args[index]!.slice(0, -text.length) + wholePath(text);
    }
  }
  return given.positionals.length > 0 ? args : [...args, ...example];
}

/** The arguments beside the request for help; undefined when they are wrong, which help is there to mend. */
function understand(argv: readonly string[], grammar: Grammar): Arguments | undefined {
  const end = argv.indexOf("--");
  const asksHelp = (text: string, index: number) =>
    (text === "--help" || text === "-h") && (end === -1 || index < end);
  try {
    return parseArguments(
      argv.filter((text, index) => !asksHelp(text, index)),
      grammar,
    );
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

/** `~` stays: the server knows it, and it moves between machines. */
function wholePath(path: string): string {
  return path.startsWith("~") ? path : resolve(path);
}
