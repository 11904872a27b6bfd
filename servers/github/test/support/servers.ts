import path from "node:path";
import type { Client } from "@portico/core";
import type { TestConnectOptions } from "@portico/core/testing";
import { clientOf } from "@portico/testing-servers";
import { onTestFinished } from "vitest";
import { parseHost } from "../../src/api/base.ts";
import { openCredentials } from "../../src/auth/open-credentials.ts";
import type { Settings } from "../../src/create-deps.ts";
import { selectionOf } from "../../src/selection.ts";
import { gitHub } from "../../src/server.ts";
import { type FakeGitHub, type FakeOptions, fakeGitHub } from "../fake/github.ts";
import { unspaced } from "./spacing.ts";

/** The server as it is published. */
export const binary: string = path.join(import.meta.dirname, "../../dist/main.cjs");

/** What a test says of its server and of the GitHub it works on. */
export interface OpenOptions extends FakeOptions {
  /** Of `users`; `good` when absent. */
  readonly token?: string | undefined;
  /** Beside the address and the token. All toolsets are offered when it names no selection. */
  readonly settings?: Partial<Settings>;
  readonly client?: TestConnectOptions;
}

/** A client of the server in this process, on a fake GitHub of its own, for one test. */
export async function open(
  options: OpenOptions = {},
): Promise<{ client: Client; github: FakeGitHub }> {
  const github = await fakeGitHub(options);
  onTestFinished(() => github[Symbol.asyncDispose]());
  return { client: await clientOn(github, options), github };
}

/** No credential, and none of whoever runs the tests. */
const NOBODY = {
  account: "default",
  accountsFolder: "/nowhere",
  oauthScopes: [],
  owners: new Map(),
};

/** The same on a fake that is there already. */
export function clientOn(github: FakeGitHub, options: OpenOptions = {}): Promise<Client> {
  const token = "token" in options ? options.token : "good";
  const addresses = parseHost(github.url, "GITHUB_HOST");
  const auth = { ...NOBODY, token };
  const settings = {
    addresses,
    credentials: openCredentials(auth, { addresses, warn: () => {} }),
    selection: selectionOf({ toolsets: ["all"] }),
    spacing: unspaced(),
    ...options.settings,
  };
  return clientOf(gitHub(settings), options.client);
}
