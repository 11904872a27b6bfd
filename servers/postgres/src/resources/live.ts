import { ResourceNotFound, type ResourceSource, resourceTemplate } from "@portico/core";
import { catalogueOf } from "../catalogue/catalogue.ts";
import { CatalogueError } from "../catalogue/error.ts";
import { findReadable } from "../catalogue/readable.ts";
import type { Database } from "../database/database.ts";
import type { Deps } from "../deps.ts";
import { ChannelError, type Channels } from "../notifications/channels.ts";
import { type Caller, type Reach, reach } from "../reach.ts";
import { UNTRUSTED, UNTRUSTED_META } from "../tools/shared/answer.ts";
import { samplePage } from "../tools/shared/sample.ts";
import { completeDatabase, completeRelation, completeSchema } from "./complete.ts";
import { jsonBody, requireDatabase } from "./contents.ts";
import { forResource } from "./for-resource.ts";
import { CHANNEL_TEMPLATE, partsOf, ROWS_TEMPLATE } from "./uris.ts";

/** Most rows in the contents of a table. */
const MOST_ROWS = 50;

/** First rows of tables, and channels of NOTIFY: what changes while somebody looks. */
export function liveResources(channels: Channels): ResourceSource<Deps>[] {
  return [rowsResource(channels), channelResource(channels)];
}

function rowsResource(channels: Channels): ResourceSource<Deps> {
  return resourceTemplate<Deps>({
    uriTemplate: ROWS_TEMPLATE,
    name: "rows",
    title: "First rows",
    description: `The first ${MOST_ROWS} rows of a table or view. Subscribers are told when NOTIFY "schema.table" is sent.`,
    mimeType: "application/json",
    complete: { database: completeDatabase, schema: completeSchema, table: completeRelation },
    read: ({ database, schema, table = "" }, ctx, uri) =>
      forResource(uri, async () => {
        const on = reachNamed(ctx, database);
        const limits = { rows: MOST_ROWS, format: "json" } as const;
        await readable(on, schema, table);
        const { text } = await samplePage(on, ctx, { schema, name: table }, limits);
        return { contents: text, mimeType: "application/json", meta: UNTRUSTED_META };
      }),
    watch: (uri, changed, ctx) =>
      forResource(uri, async () => {
        const [database, schema = "", table = ""] = partsOf(uri);
        const on = reachNamed(ctx, database);
        await readable(on, schema, table);
        return listen(channels, on.database, `${schema}.${table}`, changed, uri);
      }),
  });
}

function channelResource(channels: Channels): ResourceSource<Deps> {
  return resourceTemplate<Deps>({
    uriTemplate: CHANNEL_TEMPLATE,
    name: "channel",
    title: "Channel of NOTIFY",
    description:
      "The last payloads that were sent on a channel while somebody was subscribed to it.",
    mimeType: "application/json",
    complete: { database: completeDatabase },
    read: ({ database, channel = "" }, ctx, uri) =>
      forResource(uri, async () => {
        const on = reachChannel(ctx, database);
        const heard = channels.last(on.database, channel);
        const note = heard ? UNTRUSTED : "Nobody listens yet: subscribe to hear what is sent.";
        return jsonBody({ channel, notifications: heard ?? [], note });
      }),
    watch: (uri, changed, ctx) =>
      forResource(uri, async () => {
        const [database, channel = ""] = partsOf(uri);
        const on = reachChannel(ctx, database);
        return listen(channels, on.database, channel, changed, uri);
      }),
  });
}

/**
 * A database whose channels the caller may hear.
 * @throws {CatalogueError} where callers are different users of it: a channel is heard by all of them alike
 */
function reachChannel(ctx: Caller, database: string | undefined): Reach {
  const on = reachNamed(ctx, database);
  if (on.use.identity) throw new CatalogueError("No channel is heard on behalf of a caller.");
  return on;
}

function reachNamed(ctx: Caller, database: string | undefined): Reach {
  return reach(ctx, requireDatabase(ctx.deps.databases.names, database));
}

/** @throws {CatalogueError} when the caller may read nothing of the table */
function readable(on: Reach, schema: string | undefined, table: string): Promise<unknown> {
  return on.read(async (session) =>
    findReadable(await catalogueOf(session), { schema, name: table }),
  );
}

async function listen(
  channels: Channels,
  database: Database,
  channel: string,
  changed: () => void,
  uri: string,
): Promise<() => void> {
  try {
    return await channels.listen(database, channel, changed);
  } catch (error) {
    if (error instanceof ChannelError) throw new ResourceNotFound(uri);
    throw error;
  }
}
