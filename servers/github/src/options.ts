import { ConfigError, type OptionSpecs, type Values } from "@portico/runner";
import { type Addresses, parseHost } from "./api/base.ts";
import { AUTH_OPTIONS } from "./auth/options.ts";
import { type AllowList, parseAllowList } from "./bounds/allow-list.ts";
import { type Selection, selectionOf } from "./selection.ts";

/** The flags of this server, beside those every server has. */
export const OPTIONS = {
  ...AUTH_OPTIONS,
  "gh-host": {
    type: "string",
    default: "https://github.com",
    env: ["GITHUB_HOST", "GH_HOST"],
    description: "Where GitHub is: a tenant NAME.ghe.com or a server of your own.",
  },
  toolsets: {
    type: "list",
    words: true,
    env: "GITHUB_TOOLSETS",
    description:
      "Groups of tools to offer, all or default among them; with --dynamic-toolsets those to begin with.",
  },
  "exclude-tools": {
    type: "list",
    words: true,
    env: "GITHUB_EXCLUDE_TOOLS",
    description: "The same as --disable-tools.",
  },
  "dynamic-toolsets": {
    type: "boolean",
    env: "GITHUB_DYNAMIC_TOOLSETS",
    description: "Let a session find toolsets and enable them itself.",
  },
  "lockdown-mode": {
    type: "boolean",
    env: "GITHUB_LOCKDOWN_MODE",
    description: "Withhold what authors without push access wrote in public repositories.",
  },
  "allow-repos": {
    type: "list",
    words: true,
    env: "GITHUB_ALLOW_REPOS",
    description: "The only owners and repositories that may be touched, as octocat or octo/site.",
  },
  yes: {
    type: "boolean",
    env: "GITHUB_YES",
    description: "Run destructive tools without asking the user first.",
  },
} as const satisfies OptionSpecs;

/** The official server's names for what every server can be told. */
export const VARIABLES = {
  tools: "GITHUB_TOOLS",
  "read-only": "GITHUB_READ_ONLY",
} as const;

/** What the operator set. */
export type Options = Values<typeof OPTIONS>;

interface Shared {
  readonly tools: readonly string[];
  readonly "disable-tools": readonly string[];
  readonly "read-only": boolean;
}

/**
 * Where GitHub is.
 * @throws {ConfigError} when the address is none
 */
export function readHost({ "gh-host": host }: Options): Addresses {
  return setting("gh-host", OPTIONS["gh-host"].default, () => parseHost(host, "--gh-host"));
}

/**
 * What nobody may leave.
 * @throws {ConfigError} when an entry names no owner or repository
 */
export function readAllowList({ "allow-repos": entries }: Options): AllowList {
  return setting("allow-repos", "octocat/hello-world", () => parseAllowList(entries));
}

/**
 * Which tools are offered.
 * @throws {ConfigError} for a toolset or a tool there is none of
 */
export async function readSelection(options: Options & Shared): Promise<Selection> {
  const excluded = [...options["disable-tools"], ...options["exclude-tools"]];
  await refuseUnknown("tools", options.tools);
  await refuseUnknown("disable-tools", excluded);
  const { toolsets, tools, "read-only": readOnly, "dynamic-toolsets": dynamic } = options;
  return setting("toolsets", "default", () =>
    selectionOf({ toolsets, tools, excluded, readOnly, dynamic }),
  );
}

async function refuseUnknown(setting: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const { toolNamed } = await import("./tools/all-tools.ts");
  const unknown = names.find((name) => !toolNamed(name));
  if (unknown === undefined) return;
  const correction = { setting, insteadOf: unknown, value: "get_me" };
  throw new ConfigError(`There is no tool "${unknown}"; the README lists them all.`, correction);
}

/** Reads a setting whose rules the domain knows; its complaint goes to the operator with `value`, one that is right. */
function setting<T>(name: keyof Options, value: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new ConfigError((error as Error).message, { setting: name, value });
  }
}
