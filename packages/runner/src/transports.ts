import { isatty } from "node:tty";
import { type ServerDefinition, type Serving, serve } from "@portico/core";
import { stdio } from "@portico/core/node";
import type { Logger } from "./log.ts";
import type { SHARED_OPTIONS, ValueOf } from "./options.ts";

type TransportName = ValueOf<(typeof SHARED_OPTIONS)["transport"]>;

/** Takes possession of where clients come in; the function it returns begins to serve them. */
export type OpenTransport = () => (definition: ServerDefinition, log: Logger) => Serving;

/** The ways a server is reached, one for each choice of `--transport`. */
export const transports: Readonly<Record<TransportName, OpenTransport>> = {
  stdio() {
    const transport = stdio();
    return (definition, log) => {
      if (isatty(0)) {
        log.notice(
          "Waiting for an MCP client on standard input; --help shows how a host starts this server.",
        );
      }
      return serve(definition, transport, {
        onError: (error, reference) => log.error(`Unexpected error ${reference}.`, { error }),
      });
    };
  },
};
