import type { ClientExtension } from "../../client/extension.ts";
import { isObject } from "../../jsonrpc/message.ts";
import type { ClientCapabilities, Tool } from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import type { Context } from "../../server/context.ts";
import type { ServerExtension } from "../../server/extension.ts";
import { type ResourceSource, resource } from "../../server/resource.ts";

/** The identifier under which MCP Apps are negotiated. */
export const APPS_EXTENSION = "io.modelcontextprotocol/ui";

/** The MIME type of an app: an HTML page for an iframe of the host. */
export const APP_MIME_TYPE = "text/html;profile=mcp-app";

/** What an app wants of the host that shows it; the host decides. */
export interface AppMeta {
  /** Origins the page may reach: it reaches none that is not named. */
  readonly csp?: {
    readonly connectDomains?: string[];
    readonly resourceDomains?: string[];
    readonly frameDomains?: string[];
    readonly baseUriDomains?: string[];
  };
  readonly permissions?: Readonly<
    Partial<Record<"camera" | "microphone" | "geolocation" | "clipboardWrite", object>>
  >;
  /** An origin of its own, in the form the host documents. */
  readonly domain?: string;
  readonly prefersBorder?: boolean;
}

/** How an author writes an app. */
export interface AppDefinition<Deps> extends AppMeta {
  /** Begins with `ui://`. */
  readonly uri: string;
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  /** The page: one HTML document. */
  read(ctx: Context<Deps>): string | Promise<string>;
}

/**
 * Defines an app: the page a host shows for the tools that are linked to it by {@link linkToApp}.
 * @throws {TypeError} when its URI does not begin with `ui://`
 */
export function app<Deps = unknown>(definition: AppDefinition<Deps>): ResourceSource<Deps> {
  const { uri, name, title, description, read, ...wanted } = definition;
  if (!uri.startsWith("ui://"))
    throw new TypeError(`The URI of an app begins with ui://; "${uri}" does not.`);
  const meta = { ui: wanted as JsonObject };
  return resource<Deps>({
    uri,
    name,
    mimeType: APP_MIME_TYPE,
    meta,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    read: async (ctx) => ({ contents: await read(ctx), mimeType: APP_MIME_TYPE, meta }),
  });
}

/** Who may call a tool: the host's model, the app, or both. */
export type AppVisibility = "model" | "app";

/** How a tool is linked to an app. */
export interface AppLink {
  readonly resourceUri?: string;
  /** Default: both. */
  readonly visibility?: readonly AppVisibility[];
}

/**
 * The `meta` of a tool whose results are shown by an app. Its text result must still say everything: not every
 * host shows apps.
 * @param resourceUri the URI of the app
 */
export function linkToApp(resourceUri: string, visibility?: readonly AppVisibility[]): JsonObject {
  return { ui: { resourceUri, ...(visibility && { visibility: [...visibility] }) } };
}

/** Declares that a server has apps. */
export function apps(): ServerExtension {
  return { id: APPS_EXTENSION };
}

/** True when a client says that it shows apps; for tools that answer otherwise where it does not. */
export function canShowApps({ extensions }: ClientCapabilities): boolean {
  const settings = extensions?.[APPS_EXTENSION] as JsonObject | undefined;
  const types = settings?.mimeTypes;
  return Array.isArray(types) && types.includes(APP_MIME_TYPE);
}

/** Declares that a host shows apps. Tools and pages reach it as the server sent them. */
export function takeApps(): ClientExtension {
  return { id: APPS_EXTENSION, settings: { mimeTypes: [APP_MIME_TYPE] } };
}

/** How a listed tool is linked to an app; nothing when it is not. */
export function appLinkOf({ _meta }: Pick<Tool, "_meta">): AppLink | undefined {
  const ui = _meta?.ui;
  return isObject(ui) ? (ui as AppLink) : undefined;
}

/** True when the host's model may call the tool; the others are the app's alone. */
export function isForModel(tool: Pick<Tool, "_meta">): boolean {
  return appLinkOf(tool)?.visibility?.includes("model") ?? true;
}
