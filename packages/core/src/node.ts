export { type StdioOptions, stdio } from "./transport/stdio-server.ts";
export { type StreamTransportOptions, streamTransport } from "./transport/streams.ts";
