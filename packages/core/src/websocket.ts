export {
  type WebSocketOptions,
  type WebSocketServing,
  webSocketServer,
} from "./entry/websocket.ts";
export { type WebSocketClientOptions, webSocketClient } from "./transport/websocket/client.ts";
export type { WebSocketBounds } from "./transport/websocket/transport.ts";
export type { UpgradeOptions, UpgradeSource } from "./transport/websocket/upgrades.ts";
