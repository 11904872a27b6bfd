// On Deno, with no permission but the network.
import { httpHandler } from "@portico/core";
import { calculator } from "../mounting/calculator.ts";

const { fetch } = httpHandler(calculator);
const onListen = ({ port }: { port: number }) => console.log(`http://127.0.0.1:${port}/mcp`);
Deno.serve({ hostname: "127.0.0.1", port: 0, onListen }, fetch);
