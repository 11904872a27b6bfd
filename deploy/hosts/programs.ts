import { SERVERS, type Server } from "../containers/servers.ts";
import { LISTINGS } from "../listings/listings.ts";

/** A variable that the server is started with. */
export interface Variable {
  readonly name: string;
  /** What stands in the place of the user's own value. */
  readonly example: string;
  /** What the user is asked for it, and where it comes from. */
  readonly title: string;
  readonly description: string;
  readonly isSecret: boolean;
}

/** What a host starts. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly variables: readonly Variable[];
}

/** A server as its page shows it. */
export interface Setup {
  readonly server: Server;
  readonly npx: Program;
  readonly docker: Program;
  /** What to know of its container; a sentence or two. */
  readonly containerNote?: string;
  /** What to do before it is of use; a sentence in Markdown. */
  readonly first?: string;
}

/** What only the container of a server needs. */
interface Container {
  readonly flags: readonly string[];
  readonly args?: readonly string[];
  /** Values that are different inside, by variable. */
  readonly inside?: Readonly<Record<string, string>>;
  readonly note?: string;
}

/** So that files in mounted folders belong to who started the container, as `id -u` and `id -g` say. */
const AS_YOU = ["--user", "1000:1000"];

const NUMBERS = "`1000:1000` is your user on Linux, as `id -u` and `id -g` print it.";

const CONTAINERS: Readonly<Record<string, Container>> = {
  filesystem: {
    flags: ["-v", "/path/to/folder:/data", ...AS_YOU],
    args: ["/data"],
    note: `The container sees the folder as \`/data\`, and nothing else. ${NUMBERS}`,
  },
  memory: {
    flags: ["-v", "portico-memory:/data"],
    note: "The memory is then in the volume `portico-memory`, not in the file that npx uses.",
  },
  postgres: {
    flags: ["-e", "DATABASE_URL"],
    note: "A database on this machine is `host.docker.internal` to the container, not `localhost`.",
  },
  github: { flags: ["-e", "GITHUB_PERSONAL_ACCESS_TOKEN"] },
  gdrive: {
    flags: [
      ...["-v", "/path/to/gcp-oauth.keys.json:/keys.json:ro"],
      ...["-v", "/home/you/.config/portico:/data/portico", ...AS_YOU],
      ...["-e", "GDRIVE_OAUTH_PATH"],
    ],
    inside: { GDRIVE_OAUTH_PATH: "/keys.json" },
    note: `Sign in outside of the container; it uses and renews what you saved there. ${NUMBERS}`,
  },
  "brave-search": { flags: ["-e", "BRAVE_API_KEY"] },
};

const EXAMPLES: Readonly<Record<string, string>> = {
  DATABASE_URL: "postgres://reader:password@localhost/shop",
  GITHUB_PERSONAL_ACCESS_TOKEN: "your-token",
  GDRIVE_OAUTH_PATH: "/path/to/gcp-oauth.keys.json",
  BRAVE_API_KEY: "your-key",
};

const FIRST: Readonly<Record<string, string>> = {
  gdrive: "[Sign in](../../servers/gdrive/README.md#signing-in) once before you use it.",
};

/** All servers, by name. */
export const SETUPS: readonly Setup[] = SERVERS.map((server) => {
  const { settings, folders } = LISTINGS[server.name]!;
  const { flags, args = [], inside = {}, note } = CONTAINERS[server.name]!;
  const variables = settings.map(({ variable, title, description, isSecret = false }) => {
    return { name: variable, example: EXAMPLES[variable]!, title, description, isSecret };
  });
  const within = variables.map((one) => ({ ...one, example: inside[one.name] ?? one.example }));
  const image = `portico/${server.name}`;
  const first = FIRST[server.name];
  return {
    server,
    npx: {
      command: "npx",
      args: ["-y", server.package, ...(folders ? ["/path/to/folder"] : [])],
      variables,
    },
    docker: {
      command: "docker",
      args: ["run", "-i", "--rm", "--read-only", ...flags, image, ...args],
      variables: within,
    },
    ...(note !== undefined && { containerNote: note }),
    ...(first !== undefined && { first }),
  };
});
