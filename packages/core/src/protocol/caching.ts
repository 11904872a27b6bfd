import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { type Definition, define } from "./define.ts";
import { required, since } from "./marks.ts";
import { resultFields } from "./message.ts";

const needed = { "2026-07-28": true } as const;

/** The fields of a result that may be kept: for how long, in milliseconds, and for whom. */
export const cacheFields = {
  ttlMs: since("2026-07-28", required(needed, s.integer({ minimum: 0 }))),
  cacheScope: since("2026-07-28", required(needed, s.enum(["public", "private"]))),
};

const cacheableResult = define("CacheableResult", () =>
  since("2026-07-28", s.object({ ...resultFields, ...cacheFields })),
);
/** A result its receiver may keep. `private` ones stay within one authorization context. */
export interface CacheableResult extends Output<typeof cacheableResult> {}
export const CacheableResult: Definition<CacheableResult> = cacheableResult;
