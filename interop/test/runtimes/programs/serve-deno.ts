import { httpHandler } from "@portico/core";
import { everything } from "../../../fixtures/everything/server.ts";

/** What is used of Deno. */
declare const Deno: {
  serve(
    options: { hostname: string; port: number; onListen: (address: { port: number }) => void },
    handler: (request: Request) => Promise<Response>,
  ): unknown;
};

const onListen = ({ port }: { port: number }) =>
  console.log(`Listening on http://127.0.0.1:${port}/mcp`);
Deno.serve({ hostname: "127.0.0.1", port: 0, onListen }, httpHandler(everything()).fetch);
