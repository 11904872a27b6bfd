export {
  type AskContext,
  Client,
  type ClientExtension,
  type ClientHandlers,
  type ClientRequest,
  ConnectionClosed,
  type ConnectOptions,
  type ConnectTarget,
  clientSource,
  connect,
  type EraChoice,
  type EraName,
  type FormHandler,
  InvalidResponse,
  type ListMethod,
  NoCommonRevision,
  type Progress,
  type RememberedEra,
  type RequestOptions,
  RequestTimeout,
  type Restart,
  type SampleHandler,
  type ServerFacts,
  type ServerLink,
  Subscription,
  type SubscriptionRequest,
  UrlElicitationRequired,
  type UrlHandler,
  UserRejected,
  type VisitContext,
  type WaitOptions,
} from "./client/index.ts";
export { type HttpHandler, httpHandler } from "./entry/http/handler.ts";
export type { HttpCounts, HttpLimits, HttpOptions } from "./entry/http/options.ts";
export { type ServeOptions, type Serving, serve } from "./entry/serve.ts";
export type {
  JsonRpcError,
  JsonRpcMessage,
  JsonRpcNotification,
  JsonRpcRequest,
  JsonRpcResponse,
  JsonRpcResult,
} from "./jsonrpc/message.ts";
export { JSON_RPC, RpcError } from "./jsonrpc/rpc-error.ts";
export type { Call, ClientFacts, Notice, Principal, TraceContext } from "./kernel/call.ts";
export { MissingClientCapability } from "./kernel/capability.ts";
export { type Change, Changes, type ListKind } from "./kernel/changes.ts";
export type { Dispatch, Middleware } from "./kernel/compose.ts";
export type { Page } from "./kernel/cursor.ts";
export { derivedCall } from "./kernel/derived-call.ts";
export { InsufficientScope } from "./kernel/insufficient-scope.ts";
export { complete, failed, type Outcome } from "./kernel/outcome.ts";
export {
  confirm,
  elicit,
  elicitUrl,
  type FormAnswer,
  listRoots,
  type Question,
  sample,
  type UrlAnswer,
} from "./kernel/questions.ts";
export { RateLimited } from "./kernel/rate-limited.ts";
export { createSealer, type Sealer } from "./kernel/seal.ts";
export { isSecretName, maskCredentials, REDACTED } from "./kernel/secrets.ts";
export { ResourceNotFound } from "./kernel/unknown.ts";
export * from "./protocol/public.ts";
export { jsonSchema, type OptionalSchema, s } from "./schema/build.ts";
export { withJsonSchema } from "./schema/from-standard.ts";
export type { JsonObject, JsonSchema, JsonSchemaObject, JsonValue } from "./schema/json-schema.ts";
export type {
  Output,
  Schema,
  StandardIssue,
  StandardResult,
  StandardSchema,
} from "./schema/standard.ts";
export type { CacheHint, CacheHints } from "./server/cache-hints.ts";
export { ChangeDetector, type ChangeDetectorOptions, type Look } from "./server/change-detector.ts";
export { type Completer, rank } from "./server/completion.ts";
export {
  audio,
  embedded,
  errorResult,
  image,
  Reply,
  resourceLink,
  text,
} from "./server/content.ts";
export type { Context } from "./server/context.ts";
export { defineServer, type ServerDefinition, type ServerOptions } from "./server/definition.ts";
export { type DispatchOptions, dispatch } from "./server/dispatch.ts";
export { ToolError, type ToolErrorOptions, type Visit, VisitRequired } from "./server/errors.ts";
export type {
  AroundTool,
  CalledTool,
  ExtensionHost,
  ListenFilter,
  ServerExtension,
} from "./server/extension.ts";
export type { Handler, Runtime } from "./server/feature.ts";
export type { ToolSource } from "./server/features/tools.ts";
export { type CustomMethod, method } from "./server/method.ts";
export { type Mounted, mount } from "./server/mount.ts";
export { Poller, type PollerOptions } from "./server/poller.ts";
export {
  assistantMessage,
  type Prompt as PromptValue,
  type PromptReturn,
  type PromptSource,
  prompt,
  userMessage,
} from "./server/prompt.ts";
export {
  type ResourceBody,
  type ResourceReturn,
  type ResourceSource,
  resource,
  resourceTemplate,
} from "./server/resource.ts";
export type { Source } from "./server/source.ts";
export { type TaskUse, type Tool as ToolValue, type ToolReturn, tool } from "./server/tool.ts";
export { httpClient } from "./transport/http/client.ts";
export { HttpError, RequestLost, SessionGone } from "./transport/http/client-errors.ts";
export type { Fetch, HttpClientOptions } from "./transport/http/client-options.ts";
export type {
  Authentication,
  Authenticator,
  HttpAnswer,
  HttpHead,
  HttpRoute,
} from "./transport/http/head.ts";
export type { RequestSigner, RequestToSign, SignatureRefused } from "./transport/http/signer.ts";
export { memoryPair } from "./transport/memory.ts";
export type { Receiver, Transport } from "./transport/transport.ts";
