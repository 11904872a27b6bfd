import {
  Client,
  type ClientOptions,
  LOG_LEVEL_META_KEY,
  type Transport,
  type VersionNegotiationMode,
} from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { isModern, type Revision } from "@portico/core";
import { z } from "zod";
import { capabilitiesOf, type ForeignPeer, type Host, type Peer } from "./peer.ts";

/** Which revisions a client of the official SDK v2 may agree to. */
export type Choice = Revision | "auto";

/** A {@link Peer} with the client of the official SDK v2 behind it. */
export type PeerV2 = Peer & { readonly client: Client };

/** Connects the client of the official SDK v2 to a program of ours. */
export function meetV2(choice: Choice, args: readonly string[], host?: Host): Promise<PeerV2> {
  const server = { command: process.execPath, args: [...args], stderr: "ignore" as const };
  return meetV2Over(new StdioClientTransport(server), choice, host);
}

/** Connects the client of the official SDK v2 by a transport of its own. */
export async function meetV2Over(
  transport: Transport,
  choice: Choice,
  host: Host = {},
): Promise<PeerV2> {
  const onChanged = (list: "tools" | "prompts" | "resources") => ({
    debounceMs: 0,
    onChanged: (error: Error | null, entries: { name: string }[] | null) => {
      if (!error) host.onListChanged?.(list, entries ?? []);
    },
  });
  const client = new Client(
    { name: "sdk-v2", version: "2.4.0" },
    {
      ...versionsOf(choice),
      capabilities: capabilitiesOf(host),
      listChanged: {
        tools: onChanged("tools"),
        prompts: onChanged("prompts"),
        resources: onChanged("resources"),
      },
    },
  );
  answerWith(client, host);
  await client.connect(transport);
  return { ...peerOf(client), client };
}

function versionsOf(choice: Choice): ClientOptions {
  const mode: VersionNegotiationMode =
    choice === "auto" ? "auto" : isModern(choice) ? { pin: choice } : "legacy";
  return {
    versionNegotiation: { mode },
    ...(mode === "legacy" && { supportedProtocolVersions: [choice] }),
  };
}

function answerWith(client: Client, host: Host): void {
  const { elicit, sample, roots, onLog, onUpdated, onCompleted } = host;
  if (elicit)
    client.setRequestHandler("elicitation/create", ({ params }) => elicit(params as never));
  if (sample) {
    client.setRequestHandler(
      "sampling/createMessage",
      ({ params }) => sample(params as never) as never,
    );
  }
  if (roots) client.setRequestHandler("roots/list", () => ({ roots: roots() }));
  client.setNotificationHandler("notifications/message", ({ params }) => onLog?.(params));
  client.setNotificationHandler("notifications/resources/updated", ({ params }) =>
    onUpdated?.(params.uri),
  );
  client.setNotificationHandler("notifications/elicitation/complete", ({ params }) =>
    onCompleted?.(params.elicitationId),
  );
}

function peerOf(client: Client): Peer {
  const isListening = client.getProtocolEra() === "modern";
  let meta: Record<string, unknown> = {};
  const peer: ForeignPeer = {
    revision: client.getNegotiatedProtocolVersion(),
    server: {
      info: client.getServerVersion(),
      instructions: client.getInstructions(),
      capabilities: client.getServerCapabilities(),
    },
    listTools: async () => (await client.listTools()).tools,
    callTool: (name, args, { signal, onProgress } = {}) => {
      const params = { name, arguments: { ...args }, _meta: meta };
      const options = { ...(signal && { signal }), ...(onProgress && { onprogress: onProgress }) };
      return client.callTool(params, options);
    },
    // Without a cursor this client would gather all pages by itself.
    listResources: (cursor) => client.listResources(cursor === undefined ? {} : { cursor }),
    listResourceTemplates: async () => (await client.listResourceTemplates()).resourceTemplates,
    readResource: (uri) => client.readResource({ uri }),
    listPrompts: async () => (await client.listPrompts()).prompts,
    getPrompt: (name, args) => client.getPrompt({ name, ...(args && { arguments: args }) }),
    complete: (params) => client.complete(params),
    setLogLevel: async (level) => {
      if (isListening) meta = { [LOG_LEVEL_META_KEY]: level };
      else await client.setLoggingLevel(level);
    },
    watch: async (uri) => {
      if (isListening) {
        const subscription = await client.listen({ resourceSubscriptions: [uri] });
        return () => subscription.close();
      }
      await client.subscribeResource({ uri });
      return () => client.unsubscribeResource({ uri });
    },
    ping: () => client.ping(),
    rootsChanged: () => client.sendRootsListChanged(),
    request: (method, params) => client.request({ method, params }, z.looseObject({})),
    close: () => client.close(),
  };
  return peer as Peer;
}
