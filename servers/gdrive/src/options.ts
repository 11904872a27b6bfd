import { parseBaseUrl } from "@portico/remote-api";
import { ConfigError, type Values } from "@portico/runner";
import { AUTH_OPTIONS } from "./auth/options.ts";
import type { Deps } from "./deps.ts";
import { TOOLSET_NAMES, type ToolsetName } from "./toolset-names.ts";

/** The flags of this server. */
export const OPTIONS = {
  toolsets: {
    type: "list",
    words: true,
    default: ["files", "sharing", "comments"],
    env: "GDRIVE_TOOLSETS",
    description: `Groups of tools to offer: ${TOOLSET_NAMES.join(", ")}, or all.`,
  },
  ...AUTH_OPTIONS,
  "upload-dir": {
    type: "path",
    env: "GDRIVE_UPLOAD_DIR",
    description: "Folder that files are uploaded from. Without it only given text is uploaded.",
  },
  "download-dir": {
    type: "path",
    env: "GDRIVE_DOWNLOAD_DIR",
    description: "Folder that files are downloaded to. Without it nothing is.",
  },
  "share-domains": {
    type: "list",
    words: true,
    env: "GDRIVE_SHARE_DOMAINS",
    description:
      "Domains whose people files may be shared with unasked; for all others the user is asked.",
  },
  "share-accounts": {
    type: "boolean",
    env: "GDRIVE_SHARE_ACCOUNTS",
    description:
      "Over HTTP, let every caller who signed in use every account, not only the one named as they are.",
  },
  resources: {
    type: "boolean",
    default: true,
    env: "GDRIVE_RESOURCES",
    description: "Offer files as resources, besides the tools.",
  },
  "google-api-url": {
    type: "string",
    env: "GDRIVE_API_URL",
    description:
      "An address in place of all hosts of Google's APIs, with their paths below it; for a proxy of your own.",
  },
} as const;

type Given = Values<typeof OPTIONS>;

/**
 * The toolsets to offer.
 * @throws {ConfigError} when there is none of such a name
 */
export function readToolsets({ toolsets }: Pick<Given, "toolsets">): readonly ToolsetName[] {
  if (toolsets.includes("all")) return TOOLSET_NAMES;
  const names: readonly string[] = TOOLSET_NAMES;
  const unknown = toolsets.find((name) => !names.includes(name));
  if (unknown === undefined) return TOOLSET_NAMES.filter((name) => toolsets.includes(name));
  throw new ConfigError(`There is no toolset "${unknown}"; there are ${names.join(", ")}.`, {
    setting: "toolsets",
    value: names.join(","),
  });
}

/**
 * Where Google's APIs are; undefined at Google.
 * @throws {ConfigError} when that is no https address
 */
export function readApiUrl({ "google-api-url": text }: Given): URL | undefined {
  if (text === undefined) return undefined;
  try {
    return parseBaseUrl(text, "--google-api-url");
  } catch (error) {
    const value = "https://proxy.example/google/";
    throw new ConfigError((error as Error).message, { setting: "google-api-url", value });
  }
}

/** The operator's folders for files, where there are any. */
export async function readFolders(options: Given): Promise<Pick<Deps, "uploads" | "downloads">> {
  const { "upload-dir": uploads, "download-dir": downloads } = options;
  if (uploads === undefined && downloads === undefined) return {};
  const { Jail } = await import("./jail/jail.ts");
  return {
    uploads: uploads === undefined ? undefined : new Jail(uploads),
    downloads: downloads === undefined ? undefined : new Jail(downloads),
  };
}
