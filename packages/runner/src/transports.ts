import { fstatSync } from "node:fs";
import { type ServerDefinition, serve } from "@portico/core";
import { stdio } from "@portico/core/node";
import type { HttpSettings } from "./http-settings.ts";
import type { Logger } from "./log.ts";
import type { SHARED_OPTIONS, ValueOf } from "./options.ts";

type TransportName = ValueOf<(typeof SHARED_OPTIONS)["transport"]>;

/** A server that clients can reach. */
export interface Running {
  /** How long, in milliseconds, running calls may take to finish when the process is told to stop. Default 0. */
  readonly graceMs?: number;
  /** Resolves once nobody is served any more, with the reason when it was not a plain end. */
  readonly done: Promise<Error | undefined>;
  /** Takes no new calls, lets running ones finish within `graceMs`, and ends. */
  close(graceMs: number): Promise<void>;
}

/** Begins to serve clients where they come in. */
export type BeginServing = (definition: ServerDefinition) => Running | Promise<Running>;

/** What a transport needs to know of the program. */
export interface Surroundings {
  /** The npm package of the server. */
  readonly name: string;
  readonly options: HttpSettings;
  readonly log: Logger;
}

/** Takes possession of where clients come in. */
export type OpenTransport = (surroundings: Surroundings) => BeginServing | Promise<BeginServing>;

const STDIN = 0;

/** Whether a person may type at `descriptor`. `process.stdin` would tell, and read along with the transport. */
async function isTerminal(descriptor: number): Promise<boolean> {
  if (!fstatSync(descriptor).isCharacterDevice()) return false;
  const { isatty } = await import("node:tty");
  return isatty(descriptor);
}

/** The ways a server is reached, one for each choice of `--transport`. */
export const transports: Readonly<Record<TransportName, OpenTransport>> = {
  stdio({ log }) {
    const transport = stdio();
    return async (definition) => {
      if (await isTerminal(STDIN)) {
        log.notice(
          "Waiting for an MCP client on standard input; --help shows how a host starts this server.",
        );
      }
      return serve(definition, transport, {
        onError: (error, reference) => log.error(`Unexpected error ${reference}.`, { error }),
      });
    };
  },
  async http(surroundings) {
    // Most servers are started for stdio, and each of their starts would pay for it.
    const { openHttp } = await import("./http.ts");
    const isMeasured = surroundings.options["metrics-port"] !== undefined;
    // Not by the module that serves HTTP: bundled, what both share would then be one file more to read at every start.
    const metrics = isMeasured
      ? (await import("@portico/core/middleware/metrics")).metrics()
      : undefined;
    return openHttp(surroundings, metrics);
  },
};
