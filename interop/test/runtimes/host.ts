import type { HttpOptions, ServerDefinition } from "@portico/core";
import { serveHttp } from "@portico/core/node";
import { webSocketServer } from "@portico/core/websocket";

/** A definition served by Node at two addresses. */
export interface Hosted {
  readonly http: string;
  readonly webSocket: string;
  close(): Promise<void>;
}

/** Serves `definition` over HTTP and, on the same port, on WebSockets. */
export async function host(
  definition: ServerDefinition,
  options: Pick<HttpOptions, "allowedOrigins"> = {},
): Promise<Hosted> {
  const http = await serveHttp(definition, options);
  const webSocket = webSocketServer(definition, http.server, options);
  return {
    http: http.url,
    webSocket: http.url.replace("http:", "ws:"),
    async close() {
      await webSocket.close();
      await http.close();
    },
  };
}
