/** A setting that people are asked for when they install a server. */
export interface Setting {
  /** The environment variable that sets it. */
  readonly variable: string;
  readonly title: string;
  readonly description: string;
  readonly isSecret?: boolean;
  /** Chosen in a dialogue, where there is one. */
  readonly isFile?: boolean;
}

/** What a directory of servers shows of one, besides its package. */
export interface Listing {
  readonly title: string;
  /** At most 100 characters, the registry's limit. */
  readonly description: string;
  /** Folders, given as arguments. */
  readonly folders?: { readonly title: string; readonly description: string };
  readonly settings: readonly Setting[];
}

/** By the name of the server's folder. A test starts each server with all of them. */
export const LISTINGS: Readonly<Record<string, Listing>> = {
  filesystem: {
    title: "Filesystem",
    description: "Read, search and change files, only inside the folders you choose.",
    folders: { title: "Folders", description: "What the model may see and change." },
    settings: [],
  },
  memory: {
    title: "Memory",
    description: "A lasting memory: a searchable knowledge graph in one file on your machine.",
    settings: [],
  },
  postgres: {
    title: "PostgreSQL",
    description: "Query, explore and tune PostgreSQL, reading only unless you say otherwise.",
    settings: [
      {
        variable: "DATABASE_URL",
        title: "Database",
        description: "Where it is, as postgres://user:password@host/database.",
        isSecret: true,
      },
    ],
  },
  github: {
    title: "GitHub",
    description:
      "Repositories, issues, pull requests, Actions and more, within the bounds you set.",
    settings: [
      {
        variable: "GITHUB_PERSONAL_ACCESS_TOKEN",
        title: "Personal access token",
        description: "From GitHub's settings, Developer settings, Personal access tokens.",
        isSecret: true,
      },
    ],
  },
  gdrive: {
    title: "Google Drive",
    description: "Find, read, write and share files, Docs, Sheets and Slides in Google Drive.",
    settings: [
      {
        variable: "GDRIVE_OAUTH_PATH",
        title: "OAuth client",
        description: "The JSON file of a desktop client from Google's console; then sign in once.",
        isFile: true,
      },
    ],
  },
  "brave-search": {
    title: "Brave Search",
    description: "Search the web, news, images, videos and places with Brave.",
    settings: [
      {
        variable: "BRAVE_API_KEY",
        title: "API key",
        description: "From the dashboard of Brave's Search API.",
        isSecret: true,
      },
    ],
  },
};
