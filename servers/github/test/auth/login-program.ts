// The command login as the server runs it, for tests that start a process.
import { run } from "@portico/runner";
import { parseHost } from "../../src/api/base.ts";
import { AUTH_OPTIONS } from "../../src/auth/options.ts";
import { loginProgram } from "../../src/login-program.ts";

const host = process.env.GITHUB_HOST ?? "github.com";

run(
  loginProgram(
    {
      name: "test",
      bin: "portico-github",
      version: "0.0.0",
      summary: "Test.",
      options: AUTH_OPTIONS,
    },
    () => parseHost(host, "GITHUB_HOST"),
  ),
);
