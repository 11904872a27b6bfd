// Over HTTP+SSE, which 2024-11-05 has in place of Streamable HTTP: for peers that are not going to be updated.
import { connect, httpClient } from "@portico/core";
import { serveHttp } from "@portico/core/node";
import { clientInfo, greet, server } from "./hello.ts";

// The server: the same, which has `/sse` and `/messages` beside `/mcp`.
const serving = await serveHttp(server);
const url = new URL("/sse", serving.url);

// The client finds out by itself that this is the older transport.
await greet(await connect(httpClient(url), { clientInfo, revision: "2024-11-05" }));
await serving.close();
