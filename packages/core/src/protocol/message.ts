import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { type Definition, define } from "./define.ts";
import { open, required, since } from "./marks.ts";
import { NotificationMetaObject, RequestMetaObject, ResultMetaObject } from "./meta.ts";

/** The field every request's params have. */
export const requestFields = { _meta: required({ "2026-07-28": true }, RequestMetaObject) };

/** The field every notification's params have. */
export const notificationFields = { _meta: s.optional(NotificationMetaObject) };

const resultType = define("ResultType", () => since("2026-07-28", s.string()));
/** What kind of result this is: `complete`, `input_required`, or an extension's; absent means `complete`. */
export type ResultType = Output<typeof resultType>;
export const ResultType: Definition<ResultType> = resultType;

/** The fields every result has. */
export const resultFields = {
  _meta: s.optional(ResultMetaObject),
  resultType: required({ "2026-07-28": true }, ResultType),
};

const requestParams = define("RequestParams", () => s.object(requestFields));
/** The params of a request that needs nothing said. */
export interface RequestParams extends Output<typeof requestParams> {}
export const RequestParams: Definition<RequestParams> = requestParams;

const notificationParams = define("NotificationParams", () => s.object(notificationFields));
/** The params of a notification that needs nothing said. */
export interface NotificationParams extends Output<typeof notificationParams> {}
export const NotificationParams: Definition<NotificationParams> = notificationParams;

const result = define("Result", () => open(s.object(resultFields)));
/** What every result is at least; also the whole answer where there is nothing to say. */
export interface Result extends Output<typeof result> {}
export const Result: Definition<Result> = result;
