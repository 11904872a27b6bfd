export {
  type HttpServing,
  type HttpServingCounts,
  type NodeHandler,
  nodeHandler,
  type ServeHttpOptions,
  serveHttp,
} from "./entry/http/serve-http.ts";
export { ServerExitError } from "./transport/last-words.ts";
export { type StdioClientOptions, stdioClient } from "./transport/stdio-client.ts";
export { type StdioOptions, stdio } from "./transport/stdio-server.ts";
export { type StreamTransportOptions, streamTransport } from "./transport/streams.ts";
