import { isForPeople } from "@portico/auth/installed";
import {
  type Config,
  ConfigError,
  type OptionSpecs,
  type Program,
  type Values,
} from "@portico/runner";
import type { Addresses } from "./api/base.ts";
import type { AUTH_OPTIONS } from "./auth/options.ts";
import { readAuth } from "./read-auth.ts";

/**
 * The program that `portico-github login` runs in place of the server: it takes the same flags, variables and
 * configuration file, signs the user in and ends.
 * @param addressesOf where GitHub is by these settings
 */
export function loginProgram<const O extends OptionSpecs>(
  program: Omit<Program<O>, "server">,
  addressesOf: (options: Config<O>["options"]) => Addresses,
): Program<O> {
  return {
    ...program,
    summary: "Signs you in to GitHub and keeps the token for the server.",
    positionals: {
      name: "command",
      type: "string",
      example: "login",
      description: "What to do in place of serving: login.",
    },
    examples: [
      {
        args: "login --oauth-client-id=Iv23example",
        description: "Get a code to type in a browser on any device.",
      },
    ],
    async server({ options }) {
      const settings = await readAuth(options as unknown as Values<typeof AUTH_OPTIONS>);
      const { logIn } = await import("./auth/login.ts");
      try {
        await logIn(settings, {
          addresses: addressesOf(options),
          tell: (line) => process.stderr.write(`${line}\n`),
          signal: new AbortController().signal,
        });
      } catch (error) {
        throw isForPeople(error) ? new ConfigError(error.message) : error;
      }
      process.exit(0);
    },
  };
}
