import { LOG_LEVELS } from "@portico/core";

interface Described {
  /** One sentence for `--help`. */
  readonly description: string;
  /** More environment variables that set it, after `PORTICO_<NAME>`: the first one set is used. */
  readonly env?: string | readonly string[];
}

/** A flag without a value: `--name`, `--no-name`. Default false. */
export interface BooleanSpec extends Described {
  readonly type: "boolean";
  readonly default?: boolean;
}

/** A flag with one text; `path` marks a file or folder, which the host entry spells out in full. */
export interface TextSpec extends Described {
  readonly type: "string" | "path";
  /** The only texts accepted. Default: any but the empty one. */
  readonly choices?: readonly string[];
  readonly default?: string;
}

/** A flag with a whole number, zero or more. */
export interface IntegerSpec extends Described {
  readonly type: "integer";
  readonly default?: number;
}

/** A flag with texts, separated by commas or given by repeating the flag. Default: none. */
export interface ListSpec extends Described {
  readonly type: "list";
  readonly default?: readonly string[];
  /** No text has a blank in it, so blanks separate texts as commas do. */
  readonly words?: boolean;
}

/** One setting: a flag, an environment variable and a key of the configuration file in one declaration. */
export type OptionSpec = BooleanSpec | TextSpec | IntegerSpec | ListSpec;

/** Settings by name. The name is the same everywhere: `--read-only`, `"read-only"`, `PORTICO_READ_ONLY`. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** The arguments that are no flags. */
export interface PositionalSpec extends Described {
  /** Lower case; the key in the configuration file, and in capitals the name in `--help`. */
  readonly name: string;
  /** `path`: a file or folder, which the host entry spells out in full. */
  readonly type: "string" | "path";
  /** More than one is taken. */
  readonly variadic?: boolean;
  /** Stands for the user's own in `--help` when none is given. */
  readonly example: string;
}

type Given<S> = S extends { type: "boolean" }
  ? boolean
  : S extends { type: "integer" }
    ? number
    : S extends { type: "list" }
      ? readonly string[]
      : S extends { choices: readonly (infer Choice)[] }
        ? Choice
        : string;

/** The type a setting has in the program: without a default, a text or a number may be undefined. */
export type ValueOf<S> = S extends { type: "boolean" | "list" } | { default: string | number }
  ? Given<S>
  : Given<S> | undefined;

/** The typed values of a set of declarations. */
export type Values<O> = { readonly [Name in keyof O]: ValueOf<O[Name]> };

/** Any declaration of something the operator can set. */
export type SettingSpec = OptionSpec | PositionalSpec;

/** Whether the setting holds several texts. */
export function isList(spec: SettingSpec): boolean {
  return spec.type === "list" || ("variadic" in spec && spec.variadic === true);
}

/** A value that fits, for corrections: the default where there is one. */
export function sample(name: string, spec: SettingSpec): string {
  if ("example" in spec) return spec.example;
  const choices = "choices" in spec ? spec.choices : undefined;
  return String(spec.default ?? choices?.[0] ?? placeholder(name, spec));
}

/** Stands for a value in usage lines: `--log-level LEVEL`. */
export function placeholder(name: string, { type }: OptionSpec): string {
  if (type === "string") return name.slice(name.lastIndexOf("-") + 1).toUpperCase();
  return { boolean: "true", integer: "N", list: "A,B", path: "PATH" }[type];
}

/** What a value must be, as the end of a sentence. */
export function expectation(spec: SettingSpec): string {
  if ("choices" in spec && spec.choices) {
    return new Intl.ListFormat("en", { type: "disjunction" }).format(spec.choices);
  }
  if (isList(spec)) return "a list of texts";
  const single = {
    boolean: "true or false",
    integer: "a whole number, zero or more",
    path: "a path",
  };
  return single[spec.type as keyof typeof single] ?? "a text";
}

/** The flags of every server. */
export const SHARED_OPTIONS = {
  transport: {
    type: "string",
    choices: ["stdio", "http"],
    default: "stdio",
    env: "MCP_TRANSPORT",
    description: "How clients reach the server.",
  },
  tools: { type: "list", words: true, description: "Offer only these tools." },
  "disable-tools": { type: "list", words: true, description: "Offer all tools but these." },
  "read-only": {
    type: "boolean",
    description: "Offer only tools that are annotated as changing nothing.",
  },
  "log-level": {
    type: "string",
    choices: LOG_LEVELS,
    default: "info",
    description: "Least severity that is written to standard error.",
  },
  "log-format": {
    type: "string",
    choices: ["text", "json"],
    default: "text",
    description: "How a line on standard error looks.",
  },
  config: {
    type: "path",
    description: "JSON file of settings, with the names of the flags as keys.",
  },
} as const satisfies OptionSpecs;
