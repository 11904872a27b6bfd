import { httpHandler } from "@portico/core";
import { everything } from "../../../fixtures/everything/server.ts";

const onListen = ({ port }: { port: number }) =>
  console.log(`Listening on http://127.0.0.1:${port}/mcp`);
Deno.serve({ hostname: "127.0.0.1", port: 0, onListen }, httpHandler(everything()).fetch);
