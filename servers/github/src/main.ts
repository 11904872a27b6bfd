import { type Program, run } from "@portico/runner";
import { loginProgram } from "./login-program.ts";
import { OPTIONS, readHost, VARIABLES } from "./options.ts";
import { readSettings } from "./read-settings.ts";
import { gitHub } from "./server.ts";
import { version } from "./version.ts";

// A token may have come as an argument, and whoever lists processes would read it there.
process.title = "portico-github";

const program = {
  name: "@portico/server-github",
  bin: "portico-github",
  version,
  summary:
    "Lets a model work on GitHub: repositories, issues, pull requests, Actions and the rest.",
  options: OPTIONS,
  variables: VARIABLES,
  selectsTools: true,
};

const serving: Program<typeof OPTIONS> = {
  ...program,
  examples: [
    { args: "login --oauth-client-id Iv23example", description: "Sign in to GitHub, once." },
    {
      args: "--read-only --allow-repos octo/site",
      description: "Looking at one repository, changing nothing.",
    },
  ],
  async server({ options, log }) {
    return gitHub(await readSettings(options, (sentence) => log.warning(sentence)));
  },
};

// Elsewhere `login` may be a value, as of a flag before it.
const isSigningIn = process.argv[2] === "login";
run(isSigningIn ? loginProgram(program, readHost) : serving);
