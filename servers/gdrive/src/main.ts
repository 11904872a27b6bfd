import { type Program, run } from "@portico/runner";
import { openDeps, scopesOf } from "./open-deps.ts";
import { OPTIONS, readToolsets } from "./options.ts";
import { gdrive } from "./server.ts";
import { signInProgram } from "./sign-in.ts";
import { toolsIn } from "./toolsets.ts";
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
    const deps = await openDeps(options, (sentence) => log.warning(sentence));
    return gdrive(deps, { tools, hasResources: options.resources });
  },
};

// Elsewhere `auth` may be a value, as of a flag before it.
const isSigningIn = process.argv[2] === "auth";
run(isSigningIn ? signInProgram(program, scopesOf) : serving);
