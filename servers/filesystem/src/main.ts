import { ConfigError, run } from "@portico/runner";
import { createAccess } from "./access.ts";
import { openDirectories } from "./open-directories.ts";
import { filesystem } from "./server.ts";
import { version } from "./version.ts";

run({
  name: "@portico/server-filesystem",
  bin: "portico-filesystem",
  version,
  summary: "Lets a model read, search and change files, only inside the directories you name.",
  positionals: {
    name: "dir",
    type: "path",
    variadic: true,
    example: "~/projects",
    env: "ALLOWED_PATHS",
    description: "A directory to allow; DIR:ro allows reading only.",
  },
  options: {
    "allow-client-roots": {
      type: "boolean",
      description:
        "Let the client's roots replace these directories; otherwise they only narrow them.",
    },
    yes: { type: "boolean", description: "Delete without asking the user first." },
  },
  examples: [{ args: "~/projects ~/notes:ro", description: "Two directories, one to read only." }],
  async server({ positionals, options, log }) {
    if (options.transport === "http" && positionals.length === 0) {
      const message = "Over HTTP whoever reaches the server could choose any directory; name some.";
      throw new ConfigError(message, { setting: "dir", value: "~/projects" });
    }
    const sandbox = await openDirectories(positionals, log);
    const access = createAccess(sandbox, { allowClientRoots: options["allow-client-roots"] });
    return filesystem({ access, deleteUnasked: options.yes });
  },
});
