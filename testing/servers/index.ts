export { call, readJson, readText, refusal, structured, succeed, textOf } from "./calls.ts";
export {
  clientOf,
  openRemote,
  openStdio,
  type ProgramOptions,
  reachOver,
  startStdio,
} from "./clients.ts";
export {
  addressInReadme,
  type Listening,
  listen,
  type Network,
  serveOn,
  targetAt,
} from "./network.ts";
export { codeBlocks, toolTable, withPart } from "./readme.ts";
export { type Layout, makeScratch, put, scratch } from "./scratch.ts";
export { tokenFor } from "./tokens.ts";
