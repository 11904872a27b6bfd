// Over Streamable HTTP: for a service with many clients. One address serves those of every revision since 2025-03-26.
import { connect, httpClient } from "@portico/core";
import { serveHttp } from "@portico/core/node";
import { clientInfo, greet, server } from "./hello.ts";

// The server. Without a port it takes one that is free; beyond this machine it wants `host` and `allowedHosts`.
const serving = await serveHttp(server);

// The client, without a session as 2026-07-28 has it, and with one as all revisions before.
await greet(await connect(httpClient(serving.url), { clientInfo }));
await greet(await connect(httpClient(serving.url), { clientInfo, revision: "2025-11-25" }));
await serving.close();
