import { fetch } from "./served.ts";

const onListen = ({ port }: { port: number }) => console.log(`http://127.0.0.1:${port}/mcp`);
Deno.serve({ hostname: "127.0.0.1", port: 0, onListen }, fetch);
