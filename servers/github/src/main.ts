import { type Program, run } from "@portico/runner";
import { openCredentials } from "./auth/open-credentials.ts";
import { loginProgram } from "./login-program.ts";
import { OPTIONS, readAllowList, readHost, readSelection, VARIABLES } from "./options.ts";
import { readAuth } from "./read-auth.ts";
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
    const addresses = readHost(options);
    const warn = (sentence: string) => log.warning(sentence);
    return gitHub({
      addresses,
      credentials: openCredentials(await readAuth(options), { addresses, warn }),
      allowed: readAllowList(options),
      selection: await readSelection(options),
      isLocked: options["lockdown-mode"],
      isUnattended: options.yes,
    });
  },
};

// Elsewhere `login` may be a value, as of a flag before it.
const isSigningIn = process.argv[2] === "login";
run(isSigningIn ? loginProgram(program, readHost) : serving);
