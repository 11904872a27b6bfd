import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import {
  CreateMessageRequestSchema,
  ElicitationCompleteNotificationSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
  ResourceUpdatedNotificationSchema,
  ResultSchema,
} from "@modelcontextprotocol/sdk/types.js";
import type { Revision } from "@portico/core";
import { capabilitiesOf, type ForeignPeer, type Host, type Peer } from "./peer.ts";

/** The SDK always offers its newest revision; here it offers another. */
function pin(transport: Transport, revision: Revision): { agreed: string | undefined } {
  const pinned: { agreed: string | undefined } = { agreed: undefined };
  const send = transport.send.bind(transport);
  transport.send = (message, options) => {
    if (!("method" in message) || message.method !== "initialize") return send(message, options);
    const params = { ...message.params, protocolVersion: revision };
    return send({ ...message, params }, options);
  };
  // The client says here what the server answered; over HTTP the transport repeats it in a header.
  const tell = transport.setProtocolVersion?.bind(transport);
  transport.setProtocolVersion = (version) => {
    pinned.agreed = version;
    tell?.(version);
  };
  return pinned;
}

/** Connects the client of the official SDK v1, which speaks `revision`, to a program of ours. */
export function meetV1(revision: Revision, args: readonly string[], host?: Host): Promise<Peer> {
  const command = process.execPath;
  const transport = new StdioClientTransport({ command, args: [...args], stderr: "ignore" });
  return meetV1Over(transport, revision, host);
}

/** Connects the client of the official SDK v1, which speaks `revision`, by a transport of its own. */
export async function meetV1Over(
  transport: Transport,
  revision: Revision,
  host: Host = {},
): Promise<Peer> {
  const onChanged = (list: "tools" | "prompts" | "resources") => ({
    debounceMs: 0,
    onChanged: (error: Error | null, entries: { name: string }[] | null) => {
      if (!error) host.onListChanged?.(list, entries ?? []);
    },
  });
  const client = new Client(
    { name: "sdk-v1", version: "1.32.2" },
    {
      capabilities: capabilitiesOf(host),
      listChanged: {
        tools: onChanged("tools"),
        prompts: onChanged("prompts"),
        resources: onChanged("resources"),
      },
    },
  );
  answerWith(client, host);
  const pinned = pin(transport, revision);
  await client.connect(transport);
  return peerOf(client, pinned.agreed);
}

function answerWith(client: Client, host: Host): void {
  const { elicit, sample, roots, onLog, onUpdated, onCompleted } = host;
  if (elicit)
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => elicit(params as never));
  if (sample) {
    client.setRequestHandler(
      CreateMessageRequestSchema,
      ({ params }) => sample(params as never) as never,
    );
  }
  if (roots) client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: roots() }));
  client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => onLog?.(params));
  client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) =>
    onUpdated?.(params.uri),
  );
  client.setNotificationHandler(ElicitationCompleteNotificationSchema, ({ params }) =>
    onCompleted?.(params.elicitationId),
  );
}

function peerOf(client: Client, revision: string | undefined): Peer {
  const peer: ForeignPeer = {
    revision,
    server: {
      info: client.getServerVersion(),
      instructions: client.getInstructions(),
      capabilities: client.getServerCapabilities(),
    },
    listTools: async () => (await client.listTools()).tools,
    callTool: (name, args, { signal, onProgress } = {}) => {
      const params = { name, ...(args && { arguments: args as Record<string, unknown> }) };
      const options = { ...(signal && { signal }), ...(onProgress && { onprogress: onProgress }) };
      return client.callTool(params, undefined, options);
    },
    listResources: (cursor) => client.listResources(cursor === undefined ? {} : { cursor }),
    listResourceTemplates: async () => (await client.listResourceTemplates()).resourceTemplates,
    readResource: (uri) => client.readResource({ uri }),
    listPrompts: async () => (await client.listPrompts()).prompts,
    getPrompt: (name, args) => client.getPrompt({ name, ...(args && { arguments: args }) }),
    complete: (params) => client.complete(params),
    setLogLevel: async (level) => void (await client.setLoggingLevel(level)),
    watch: async (uri) => {
      await client.subscribeResource({ uri });
      return () => client.unsubscribeResource({ uri });
    },
    ping: () => client.ping(),
    rootsChanged: () => client.sendRootsListChanged(),
    request: (method, params) => client.request({ method, params }, ResultSchema),
    close: () => client.close(),
  };
  return peer as Peer;
}
