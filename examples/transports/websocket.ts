// Over WebSockets: for much in both directions on one connection.
import { connect } from "@portico/core";
import { serveHttp } from "@portico/core/node";
import { webSocketClient, webSocketServer } from "@portico/core/websocket";
import { clientInfo, greet, server } from "./hello.ts";

// The server, here beside HTTP on the same port.
const serving = await serveHttp(server);
const sockets = webSocketServer(server, serving.server);

// The client.
const url = serving.url.replace("http:", "ws:");
await greet(await connect(() => webSocketClient(url), { clientInfo }));
await sockets.close();
await serving.close();
