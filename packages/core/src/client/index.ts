export type { EraChoice, RememberedEra } from "../era/client-choose.ts";
export { type EraName, InvalidResponse, type ServerFacts } from "../era/client-era.ts";
export { UrlElicitationRequired } from "../era/legacy/client-input.ts";
export { NoCommonRevision } from "../era/modern/client-open.ts";
export {
  ConnectionClosed,
  type Progress,
  RequestTimeout,
  type WaitOptions,
} from "../kernel/pending.ts";
export { Client, type ListMethod } from "./client.ts";
export { type ConnectTarget, connect } from "./connect.ts";
export type { ClientExtension, ClientRequest, ServerLink } from "./extension.ts";
export {
  type AskContext,
  type ClientHandlers,
  type FormHandler,
  type SampleHandler,
  type UrlHandler,
  UserRejected,
  type VisitContext,
} from "./handlers.ts";
export type { ConnectOptions, RequestOptions, Restart } from "./options.ts";
export { clientSource } from "./source.ts";
export { Subscription, type SubscriptionRequest } from "./subscription.ts";
