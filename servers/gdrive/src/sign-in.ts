import { isForPeople } from "@portico/auth/installed";
import {
  type Config,
  ConfigError,
  type OptionSpecs,
  type Program,
  type Values,
} from "@portico/runner";
import type { AUTH_OPTIONS } from "./auth/options.ts";
import { readAuth } from "./read-auth.ts";

/**
 * The program that `portico-gdrive auth` runs in place of the server: it takes the same flags, variables and
 * configuration file, signs the user in and ends.
 * @param scopesOf what the tools need that these settings turn on
 */
export function signInProgram<const O extends OptionSpecs>(
  program: Omit<Program<O>, "server">,
  scopesOf: (options: Config<O>["options"]) => Promise<readonly string[]>,
): Program<O> {
  return {
    ...program,
    summary: "Signs you in to Google in a browser and keeps the token for the server.",
    positionals: {
      name: "command",
      type: "string",
      example: "auth",
      description: "What to do in place of serving: auth.",
    },
    examples: [
      { args: "auth", description: "Allow what the tools need that are on by default." },
      { args: "auth --account=work", description: "Sign in a second account." },
      { args: "auth --read-only", description: "Allow reading alone." },
    ],
    async server({ options }) {
      const own = options as unknown as Values<typeof AUTH_OPTIONS>;
      const { signInToGoogle } = await import("./auth/lazy.ts");
      const settings = await readAuth(own);
      try {
        await signInToGoogle(settings, {
          scopes: await scopesOf(options),
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
