import type { JsonObject } from "@portico/core";

/** What the suite wants of one run of the client. */
export interface Assignment {
  readonly scenario: string;
  readonly url: string;
  /** The wire to speak: `MCP_CONFORMANCE_PROTOCOL_VERSION`. */
  readonly revision: string | undefined;
  /** What the scenario tells besides: credentials, calls to make. */
  readonly context: JsonObject;
}

/**
 * Reads the assignment from the command line and the environment.
 * @throws {Error} when the URL or the scenario is missing
 */
export function readAssignment(argv: readonly string[], env: NodeJS.ProcessEnv): Assignment {
  const url = argv.at(-1);
  const scenario = env.MCP_CONFORMANCE_SCENARIO;
  if (url === undefined || !URL.canParse(url)) {
    throw new Error("Give the server's URL as the last argument.");
  }
  if (!scenario) throw new Error("Say which scenario to run in MCP_CONFORMANCE_SCENARIO.");
  return {
    scenario,
    url,
    revision: env.MCP_CONFORMANCE_PROTOCOL_VERSION,
    context: JSON.parse(env.MCP_CONFORMANCE_CONTEXT ?? "{}") as JsonObject,
  };
}
