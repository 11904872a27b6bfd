export {
  type Answer,
  type Answers,
  type AnswerValue,
  accept,
  cancel,
  decline,
} from "./answers.ts";
export { connect, type TestConnectOptions } from "./connect.ts";
export { echoPeer } from "./echo-peer.ts";
export { type MockReply, MockServer, type MockServerOptions } from "./mock-server.ts";
export type { OpenByteStream, OpenTransport } from "./open-transport.ts";
export { replay } from "./replay.ts";
export {
  type DefineTest,
  testByteStream,
  testTransport,
} from "./test-transport.ts";
export { toolSnapshots } from "./tool-snapshots.ts";
