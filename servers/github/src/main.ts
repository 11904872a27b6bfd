import { run } from "@portico/runner";
import { tokenCredentials } from "./auth/credential.ts";
import { OPTIONS, readAllowList, readHost, readSelection, VARIABLES } from "./options.ts";
import { gitHub } from "./server.ts";
import { toolNames } from "./tools/tool-names.ts";
import { version } from "./version.ts";

// A token may have come as an argument, and whoever lists processes would read it there.
process.title = "portico-github";

run({
  name: "@portico/server-github",
  bin: "portico-github",
  version,
  summary: "repositories, issues, pull requests and all else, within the bounds you set.",
  options: OPTIONS,
  variables: VARIABLES,
  selectsTools: true,
  examples: [
    {
      args: "--read-only --allow-repos octo/site",
      description: "Looking at one repository, changing nothing.",
    },
  ],
  server({ options, log }) {
    const token = options["personal-access-token"];
    if (token === undefined) log.warning("No token is set; every call will say where to get one.");
    return gitHub({
      addresses: readHost(options),
      credentials: tokenCredentials(token),
      allowed: readAllowList(options),
      selection: readSelection(options, toolNames),
      isLocked: options["lockdown-mode"],
      isUnattended: options.yes,
    });
  },
});
