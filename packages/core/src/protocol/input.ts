import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { type Definition, define } from "./define.ts";
import { ElicitRequestParams, ElicitResult } from "./elicitation.ts";
import { since } from "./marks.ts";
import { resultFields } from "./message.ts";
import { ListRootsResult, listRootsParams } from "./roots.ts";
import { CreateMessageRequestParams, CreateMessageResult } from "./sampling.ts";

const createMessageRequest = define("CreateMessageRequest", () =>
  since(
    "2026-07-28",
    s.object({ method: s.literal("sampling/createMessage"), params: CreateMessageRequestParams }),
  ),
);
/** Asks for the client's model. */
export interface CreateMessageRequest extends Output<typeof createMessageRequest> {}
export const CreateMessageRequest: Definition<CreateMessageRequest> = createMessageRequest;

const listRootsRequest = define("ListRootsRequest", () =>
  since(
    "2026-07-28",
    s.object({ method: s.literal("roots/list"), params: s.optional(listRootsParams) }),
  ),
);
/** Asks for the client's roots. */
export interface ListRootsRequest extends Output<typeof listRootsRequest> {}
export const ListRootsRequest: Definition<ListRootsRequest> = listRootsRequest;

const elicitRequest = define("ElicitRequest", () =>
  since(
    "2026-07-28",
    s.object({ method: s.literal("elicitation/create"), params: ElicitRequestParams }),
  ),
);
/** Asks the user. */
export interface ElicitRequest extends Output<typeof elicitRequest> {}
export const ElicitRequest: Definition<ElicitRequest> = elicitRequest;

const inputRequest = define("InputRequest", () =>
  since("2026-07-28", s.union([CreateMessageRequest, ListRootsRequest, ElicitRequest])),
);
/** Something a server needs from its client before it can answer. */
export type InputRequest = Output<typeof inputRequest>;
export const InputRequest: Definition<InputRequest> = inputRequest;

const inputRequests = define("InputRequests", () => since("2026-07-28", s.record(InputRequest)));
/** What a server needs, by keys of its choosing. */
export interface InputRequests extends Output<typeof inputRequests> {}
export const InputRequests: Definition<InputRequests> = inputRequests;

const inputResponse = define("InputResponse", () =>
  since("2026-07-28", s.union([CreateMessageResult, ListRootsResult, ElicitResult])),
);
/** The client's answer to one input request. */
export type InputResponse = Output<typeof inputResponse>;
export const InputResponse: Definition<InputResponse> = inputResponse;

const inputResponses = define("InputResponses", () => since("2026-07-28", s.record(InputResponse)));
/** The client's answers, under the keys the server chose. */
export interface InputResponses extends Output<typeof inputResponses> {}
export const InputResponses: Definition<InputResponses> = inputResponses;

const inputRequiredResult = define("InputRequiredResult", () =>
  since(
    "2026-07-28",
    s.object({
      ...resultFields,
      inputRequests: s.optional(InputRequests),
      requestState: s.optional(s.string()),
    }),
  ),
);
/** Answers a request with questions: the client asks again with the answers and `requestState`. */
export interface InputRequiredResult extends Output<typeof inputRequiredResult> {}
export const InputRequiredResult: Definition<InputRequiredResult> = inputRequiredResult;

/** The fields by which a request that was answered with questions is sent again. */
export const retryFields = {
  inputResponses: s.optional(InputResponses),
  requestState: since("2026-07-28", s.string()),
};
