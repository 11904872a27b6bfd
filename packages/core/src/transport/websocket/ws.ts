/** What is used of the ws library. */
export type WsLibrary = Pick<typeof import("ws"), "WebSocket" | "WebSocketServer">;

/**
 * Loads the ws library when it is first needed: most servers never see a WebSocket.
 * @throws {Error} when it is not installed
 */
export async function loadWs(): Promise<WsLibrary> {
  try {
    return await import("ws");
  } catch (error) {
    const message = 'WebSockets on Node need the package "ws"; install it (npm install ws).';
    throw new Error(message, { cause: error });
  }
}
