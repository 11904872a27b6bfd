import type { Client, ServerDefinition } from "@portico/core";
import { connect, type TestConnectOptions } from "@portico/core/testing";
import { onTestFinished } from "vitest";
import { type NamedConnection, readConnections } from "../../src/connections.ts";
import { createDeps } from "../../src/create-deps.ts";
import { OPTIONS, type Options } from "../../src/options.ts";
import { postgres } from "../../src/server.ts";

/** What the operator set, where it is not the default. */
export type Operator = Partial<Options & { readonly transport: string }>;

/** The options as they are when nobody sets any. */
export const DEFAULTS = Object.fromEntries(
  Object.entries(OPTIONS).map(([name, spec]) => [name, defaultOf(spec)]),
) as Options;

function defaultOf(spec: { readonly type: string; readonly default?: unknown }): unknown {
  if (spec.type === "boolean") return spec.default ?? false;
  return spec.type === "list" ? (spec.default ?? []) : spec.default;
}

/** The definition on databases: one URL, or several by name. */
export function serverOn(
  urls: string | Readonly<Record<string, string>>,
  operator: Operator = {},
): ServerDefinition {
  return postgres(
    createDeps(connectionsOf(urls), { ...DEFAULTS, transport: "stdio", ...operator }),
  );
}

function connectionsOf(urls: string | Readonly<Record<string, string>>): NamedConnection[] {
  if (typeof urls === "string") return readConnections(urls, [], {});
  const named = Object.entries(urls).map(([name, url]) => `${name}=${url}`);
  return readConnections(undefined, named, {});
}

/** A client of the server on databases, in this process, for one test. */
export async function clientOn(
  urls: string | Readonly<Record<string, string>>,
  { operator, ...options }: TestConnectOptions & { readonly operator?: Operator } = {},
): Promise<Client> {
  const server = serverOn(urls, operator);
  const client = await connect(server, options);
  onTestFinished(async () => {
    await client.close();
    await server.close();
  });
  return client;
}
