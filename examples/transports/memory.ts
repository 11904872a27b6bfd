// In one process, without a wire: for tests, and for a host that has servers built in.
import { connect, memoryPair, serve } from "@portico/core";
import { clientInfo, greet, server } from "./hello.ts";

// The server.
const [clientEnd, serverEnd] = memoryPair();
serve(server, serverEnd);

// The client.
await greet(await connect(clientEnd, { clientInfo }));
