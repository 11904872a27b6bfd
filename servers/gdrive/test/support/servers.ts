import type { Client } from "@portico/core";
import { RemoteError } from "@portico/remote-api";
import { clientOf } from "@portico/testing-servers";
import { onTestFinished } from "vitest";
import type { Account, Accounts } from "../../src/auth/account.ts";
import type { Deps } from "../../src/deps.ts";
import { openOnce } from "../../src/open-google.ts";
import { gdrive, type Offer } from "../../src/server.ts";
import type { ToolsetName } from "../../src/toolset-names.ts";
import { toolsIn } from "../../src/toolsets.ts";
import { type FakeDrive, type FakeOptions, fakeDrive } from "../fake/drive.ts";

/** How a test wants its server. */
export interface Wanted extends Partial<Omit<Deps, "google">>, Partial<Omit<Offer, "tools">> {
  readonly fake?: FakeOptions;
  readonly toolsets?: readonly ToolsetName[];
  readonly connect?: Parameters<typeof clientOf>[1];
}

/** A client of the server in this process, on a fake of Google of its own, for one test. */
export async function open({
  fake,
  toolsets = ["files"],
  hasResources = true,
  lookEveryMs = 5,
  connect,
  ...deps
}: Wanted = {}): Promise<{ client: Client; fake: FakeDrive }> {
  const google = await fakeDrive(fake);
  onTestFinished(async () => void (await google[Symbol.asyncDispose]()));
  const tools = await toolsIn(toolsets);
  const server = gdrive(depsOn(google.url, deps), { tools, hasResources, lookEveryMs });
  return { client: await clientOf(server, connect), fake: google };
}

/** What a server on a fake works with. */
export function depsOn(url: string, deps: Partial<Omit<Deps, "google">> = {}): Deps {
  return {
    accounts: accountsOf({ default: "good" }),
    google: openOnce(new URL(url)),
    shareDomains: [],
    sharesAccounts: false,
    ...deps,
  };
}

/** Accounts with tokens that last. */
export function accountsOf(
  tokens: Readonly<Record<string, string>>,
  scopes?: readonly string[],
): Accounts {
  const granted = scopes && new Set(scopes.map((one) => `https://www.googleapis.com/auth/${one}`));
  const all = Object.entries(tokens).map(
    ([name, token]): Account => ({
      name,
      accessToken: async () => token,
      refused: () => undefined,
      grantedScopes: async () => granted,
    }),
  );
  return {
    names: async () => all.map(({ name }) => name),
    async get(name) {
      const found = name === undefined ? all[0] : all.find((one) => one.name === name);
      if (found) return found;
      throw new RemoteError("no-credentials", `There is no account "${name ?? ""}".`);
    },
  };
}
