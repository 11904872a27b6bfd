import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { type Definition, define } from "./define.ts";
import { requestFields, resultFields } from "./message.ts";
import { Cursor } from "./primitives.ts";

/** The fields of the params that ask for a page. */
export const pageRequestFields = { ...requestFields, cursor: s.optional(Cursor) };

/** The fields of a result that is one page of a list. */
export const pageFields = { ...resultFields, nextCursor: s.optional(Cursor) };

const paginatedRequestParams = define("PaginatedRequestParams", () => s.object(pageRequestFields));
/** Asks for the page at `cursor`, or for the first one. */
export interface PaginatedRequestParams extends Output<typeof paginatedRequestParams> {}
export const PaginatedRequestParams: Definition<PaginatedRequestParams> = paginatedRequestParams;

const paginatedResult = define("PaginatedResult", () => s.object(pageFields));
/** One page; without `nextCursor` the last one. */
export interface PaginatedResult extends Output<typeof paginatedResult> {}
export const PaginatedResult: Definition<PaginatedResult> = paginatedResult;
