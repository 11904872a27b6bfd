export { SandboxError, type SandboxErrorCode } from "./errors.ts";
export { contentHash, shortestHash } from "./hash.ts";
export type { ListOptions } from "./list.ts";
export { isWithin } from "./paths.ts";
export { printable, quoted } from "./printable.ts";
export type { ReadOptions } from "./read.ts";
export { type DirectorySpec, parseDirectory, type Root } from "./roots.ts";
export { createSandbox, Sandbox } from "./sandbox.ts";
export type * from "./types.ts";
