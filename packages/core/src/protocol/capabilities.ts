import { s } from "../schema/build.ts";
import type { Output, Schema } from "../schema/standard.ts";
import { type Definition, define } from "./define.ts";
import { since, until } from "./marks.ts";

/** A capability without settings of its own yet: present means supported. */
const flag: Schema<Record<string, unknown>> = s.record(s.unknown());

const listChanged = { listChanged: s.optional(s.boolean()) };
const listAndCancel = { list: s.optional(flag), cancel: s.optional(flag) };

/** Settings by name: `experimental` names are anyone's, `extensions` names carry a prefix. */
const settings = s.record(s.record(s.unknown()));

const clientCapabilities = define("ClientCapabilities", () =>
  s.object({
    roots: s.optional(s.object({ listChanged: until("2025-11-25", s.boolean()) })),
    sampling: s.optional(
      s.object({ context: since("2025-11-25", flag), tools: since("2025-11-25", flag) }),
    ),
    elicitation: since(
      "2025-06-18",
      s.object({ form: since("2025-11-25", flag), url: since("2025-11-25", flag) }),
    ),
    tasks: since(
      "2025-11-25",
      until(
        "2025-11-25",
        s.object({
          ...listAndCancel,
          requests: s.optional(
            s.object({
              sampling: s.optional(s.object({ createMessage: s.optional(flag) })),
              elicitation: s.optional(s.object({ create: s.optional(flag) })),
            }),
          ),
        }),
      ),
    ),
    experimental: s.optional(settings),
    extensions: since("2026-07-28", settings),
  }),
);
/** What a client can do for servers. `elicitation: {}` means forms only. */
export interface ClientCapabilities extends Output<typeof clientCapabilities> {}
export const ClientCapabilities: Definition<ClientCapabilities> = clientCapabilities;

const serverCapabilities = define("ServerCapabilities", () =>
  s.object({
    tools: s.optional(s.object(listChanged)),
    prompts: s.optional(s.object(listChanged)),
    resources: s.optional(s.object({ ...listChanged, subscribe: s.optional(s.boolean()) })),
    completions: since("2025-03-26", flag),
    logging: s.optional(flag),
    tasks: since(
      "2025-11-25",
      until(
        "2025-11-25",
        s.object({
          ...listAndCancel,
          requests: s.optional(
            s.object({ tools: s.optional(s.object({ call: s.optional(flag) })) }),
          ),
        }),
      ),
    ),
    experimental: s.optional(settings),
    extensions: since("2026-07-28", settings),
  }),
);
/** What a server offers. */
export interface ServerCapabilities extends Output<typeof serverCapabilities> {}
export const ServerCapabilities: Definition<ServerCapabilities> = serverCapabilities;

/** The dotted paths into an object of capabilities: `"resources"`, `"resources.subscribe"`, … */
type Paths<T> = {
  [K in keyof T & string]: string extends keyof NonNullable<T[K]>
    ? K
    : NonNullable<T[K]> extends object
      ? K | `${K}.${Paths<NonNullable<T[K]>>}`
      : K;
}[keyof T & string];

/** Where a client capability is found. */
export type ClientCapabilityPath = Paths<ClientCapabilities>;

/** Where a server capability is found. */
export type ServerCapabilityPath = Paths<ServerCapabilities>;

/** True when `capabilities` declare what `path` names: an object, or `true`. */
export function declares(
  capabilities: ClientCapabilities | ServerCapabilities,
  path: ClientCapabilityPath | ServerCapabilityPath,
): boolean {
  let current: unknown = capabilities;
  for (const key of path.split(".")) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, key))
      return false;
    current = (current as Record<string, unknown>)[key];
  }
  return current !== undefined && current !== null && current !== false;
}
