// Over standard streams: the client starts the server, and closing ends it. Given as a function, so that it is started
// again when it dies.
import { join } from "node:path";
import { connect } from "@portico/core";
import { stdioClient } from "@portico/core/node";
import { clientInfo, greet } from "./hello.ts";

// The server is a program: stdio-server.ts.
const args = [...process.execArgv, join(import.meta.dirname, "stdio-server.ts")];

// The client.
const start = () => stdioClient({ command: process.execPath, args });
await greet(await connect(start, { clientInfo }));
