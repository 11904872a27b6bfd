// The command auth as the server runs it, for tests that start a process.
import { run } from "@portico/runner";
import { AUTH_OPTIONS } from "../../src/auth/options.ts";
import { scopesFor } from "../../src/auth/scopes.ts";
import { signInProgram } from "../../src/sign-in.ts";

run(
  signInProgram(
    {
      name: "test",
      bin: "portico-gdrive",
      version: "0.0.0",
      summary: "Test.",
      options: AUTH_OPTIONS,
    },
    async (options) => scopesFor([options["read-only"] ? "drive.read" : "drive.write"]),
  ),
);
