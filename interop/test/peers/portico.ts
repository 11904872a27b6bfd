import { type Client, type ConnectTarget, connect, type Revision } from "@portico/core";
import { stdioClient } from "@portico/core/node";
import type { Host, Peer } from "./peer.ts";

/** Connects our own client, which accepts `revision` only, to a program. */
export function meetPortico(
  revision: Revision,
  args: readonly string[],
  host?: Host,
): Promise<Peer> {
  const server = { command: process.execPath, args, stderr: "ignore" } as const;
  return meetPorticoAt(() => stdioClient(server), revision, host);
}

/** Connects our own client, which accepts `revision` only. */
export async function meetPorticoAt(
  target: ConnectTarget,
  revision: Revision,
  host: Host = {},
): Promise<Peer> {
  const { elicit, sample, roots, onLog, onCompleted } = host;
  const client = await connect(target, {
    clientInfo: { name: "portico", version: "1.0.0" },
    revision,
    ...(elicit && {
      onElicit: {
        form: (params) => elicit(params),
        url: (params, { done }) => {
          void done.then(() => onCompleted?.(params.elicitationId ?? ""));
          return elicit(params);
        },
      },
    }),
    ...(sample && { onSample: { run: (params) => sample(params), tools: true } }),
    ...(roots && { roots }),
    ...(onLog && { onLog }),
  });
  if (host.onListChanged) await followLists(client, host);
  return peerOf(client, host);
}

async function followLists(client: Client, { onListChanged }: Host): Promise<void> {
  const changes = await client.subscribe({ tools: true, prompts: true, resources: true });
  void (async () => {
    for await (const change of changes) {
      if (change.kind !== "list") continue;
      const list = {
        tools: () => client.listTools(),
        prompts: () => client.listPrompts(),
        resources: () => client.listResources(),
      };
      onListChanged?.(change.list, await list[change.list]());
    }
  })();
}

function peerOf(client: Client, { onUpdated }: Host): Peer {
  return {
    revision: client.server.revision,
    server: {
      info: client.server.info,
      instructions: client.server.instructions,
      capabilities: client.server.capabilities,
    },
    listTools: () => client.listTools(),
    callTool: (name, args, options) => client.callTool(name, args, options),
    listResources: (cursor) =>
      client.request("resources/list", cursor === undefined ? {} : { cursor }),
    listResourceTemplates: () => client.listResourceTemplates(),
    readResource: (uri) => client.readResource(uri),
    listPrompts: () => client.listPrompts(),
    getPrompt: (name, args) => client.getPrompt(name, args),
    complete: (params) => client.complete(params),
    setLogLevel: (level) => client.setLogLevel(level),
    async watch(uri) {
      const changes = await client.subscribe({ uris: [uri] });
      void (async () => {
        for await (const change of changes) if (change.kind === "resource") onUpdated?.(change.uri);
      })();
      return async () => changes.close();
    },
    ping: async () => {
      await client.ping();
      return {};
    },
    rootsChanged: () => client.notifyRootsChanged(),
    request: (method, params) => client.request(method, params as never),
    close: () => client.close(),
  };
}
