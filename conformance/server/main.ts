// The server under the official suite: `main.ts --port PORT`, at /mcp.
import { parseArgs } from "node:util";
import { serveHttp } from "@portico/core/node";
import { conformanceServer } from "./server.ts";

const { values } = parseArgs({ options: { port: { type: "string", default: "3000" } } });
const { url } = await serveHttp(conformanceServer, { port: Number(values.port) });
console.log(`The conformance server listens at ${url}`);
