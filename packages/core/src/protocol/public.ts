/** What authors of servers and hosts need of the protocol: its types, and the tables that tell of it. */
export type { Annotations } from "./annotations.ts";
export type { CacheableResult } from "./caching.ts";
export type { CancelledNotificationParams } from "./cancellation.ts";
export type { ClientCapabilities, ServerCapabilities } from "./capabilities.ts";
export type {
  CompleteRequestParams,
  CompleteResult,
  PromptReference,
  ResourceTemplateReference,
} from "./completion.ts";
export {
  type AudioContent,
  type ContentBlock,
  contentAsText,
  type EmbeddedResource,
  type ImageContent,
  type ResourceLink,
  type TextContent,
} from "./content.ts";
export { schemaFor } from "./derive.ts";
export type {
  ElicitRequestFormParams,
  ElicitRequestParams,
  ElicitRequestURLParams,
  ElicitResult,
} from "./elicitation.ts";
export type {
  BooleanSchema,
  EnumSchema,
  LegacyTitledEnumSchema,
  MultiSelectEnumSchema,
  NumberSchema,
  PrimitiveSchemaDefinition,
  SingleSelectEnumSchema,
  StringSchema,
  TitledMultiSelectEnumSchema,
  TitledSingleSelectEnumSchema,
  UntitledMultiSelectEnumSchema,
  UntitledSingleSelectEnumSchema,
} from "./elicitation-schema.ts";
export { MCP_ERROR } from "./errors.ts";
export type { Icon, Implementation } from "./implementation.ts";
export type {
  InputRequest,
  InputRequests,
  InputRequiredResult,
  InputResponse,
  InputResponses,
} from "./input.ts";
export type { DiscoverResult, InitializeRequestParams, InitializeResult } from "./lifecycle.ts";
export type { LoggingMessageNotificationParams, SetLevelRequestParams } from "./logging.ts";
export type { NotificationParams, RequestParams, Result, ResultType } from "./message.ts";
export {
  META,
  type NotificationMetaObject,
  type RequestMetaObject,
  type ResultMetaObject,
} from "./meta.ts";
export type { PaginatedRequestParams, PaginatedResult } from "./pagination.ts";
export {
  type Cursor,
  LOG_LEVELS,
  type LoggingLevel,
  type MetaObject,
  type ProgressToken,
  type RequestId,
  type Role,
} from "./primitives.ts";
export type { ProgressNotificationParams } from "./progress.ts";
export type {
  GetPromptRequestParams,
  GetPromptResult,
  ListPromptsResult,
  Prompt,
  PromptArgument,
  PromptMessage,
} from "./prompts.ts";
export {
  METHODS,
  type NotificationMethod,
  type ParamsOf,
  type RequestMethod,
  type ResultOf,
  type RowInRevision,
  rowFor,
  rowsIn,
} from "./registry.ts";
export type {
  BlobResourceContents,
  Resource,
  ResourceContents,
  TextResourceContents,
} from "./resource.ts";
export type {
  ListResourcesResult,
  ListResourceTemplatesResult,
  ReadResourceRequestParams,
  ReadResourceResult,
  ResourceTemplate,
  ResourceUpdatedNotificationParams,
  SubscribeRequestParams,
  UnsubscribeRequestParams,
} from "./resources.ts";
export {
  isModern,
  isRevision,
  LATEST_LEGACY_REVISION,
  LATEST_REVISION,
  REVISIONS,
  type Revision,
} from "./revisions.ts";
export type { ListRootsResult, Root } from "./roots.ts";
export type { MethodRow, Methods, NotificationRow, RequestRow } from "./rows.ts";
export type {
  CreateMessageRequestParams,
  CreateMessageResult,
  ModelHint,
  ModelPreferences,
  SamplingMessage,
  ToolChoice,
} from "./sampling.ts";
export type {
  SamplingMessageContentBlock,
  ToolResultContent,
  ToolUseContent,
} from "./sampling-content.ts";
export type { SubscriptionFilter } from "./subscriptions.ts";
export type { RelatedTaskMetadata, Task, TaskMetadata, TaskStatus } from "./task.ts";
export type {
  CancelTaskResult,
  CreateTaskResult,
  GetTaskResult,
  ListTasksResult,
} from "./tasks.ts";
export type { Tool, ToolAnnotations, ToolExecution } from "./tool.ts";
export type { CallToolRequestParams, CallToolResult, ListToolsResult } from "./tools.ts";
