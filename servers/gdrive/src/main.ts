import { type Config, type Program, run } from "@portico/runner";
import { openAccounts } from "./auth/accounts.ts";
import { scopesFor } from "./auth/scopes.ts";
import { openOnce } from "./open-google.ts";
import { OPTIONS, readApiUrl, readFolders, readToolsets } from "./options.ts";
import { readAuth } from "./read-auth.ts";
import { gdrive } from "./server.ts";
import { signInProgram } from "./sign-in.ts";
import { needsOf, toolsIn } from "./toolsets.ts";
import { version } from "./version.ts";

const program = {
  name: "@portico/server-gdrive",
  bin: "portico-gdrive",
  version,
  summary: "Lets a model find, read, write and share files in Google Drive.",
  options: OPTIONS,
};

const serving: Program<typeof OPTIONS> = {
  ...program,
  examples: [
    { args: "auth", description: "Sign in to Google, once." },
    { args: "--read-only --toolsets files,docs", description: "Only what reads files and Docs." },
  ],
  async server({ options, log }) {
    const tools = await toolsIn(readToolsets(options));
    const warn = (sentence: string) => log.warning(sentence);
    const scopes = await scopesOf(options);
    const accounts = openAccounts(await readAuth(options), { scopes, warn });
    const deps = {
      accounts,
      google: openOnce(readApiUrl(options)),
      ...(await readFolders(options)),
      shareDomains: options["share-domains"].map((domain) => domain.toLowerCase()),
      sharesAccounts: options["share-accounts"],
    };
    return gdrive(deps, { tools, hasResources: options.resources });
  },
};

// Elsewhere `auth` may be a value, as of a flag before it.
const isSigningIn = process.argv[2] === "auth";
run(isSigningIn ? signInProgram(program, scopesOf) : serving);

/** The fewest scopes for what these settings turn on. */
async function scopesOf(options: Config<typeof OPTIONS>["options"]): Promise<readonly string[]> {
  const tools = await toolsIn(readToolsets(options));
  return scopesFor(needsOf(tools, options["read-only"]));
}
