export { ConfigError, type LineCorrection, type SettingCorrection } from "./config-error.ts";
export {
  type HostEntry,
  type HostEntryOptions,
  hostEntry,
  type UrlHostEntry,
  type UrlHostEntryOptions,
  urlHostEntry,
} from "./host-entry.ts";
export { createLogger, type LogFields, type Logger, type LoggerOptions } from "./log.ts";
export type {
  BooleanSpec,
  IntegerSpec,
  ListSpec,
  OptionSpec,
  OptionSpecs,
  PositionalSpec,
  TextSpec,
  ValueOf,
  Values,
} from "./options.ts";
export type { Config, Example, Program } from "./program.ts";
export { run } from "./run.ts";
