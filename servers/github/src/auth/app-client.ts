import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/core";
import { boundedFetch, RemoteError } from "@portico/remote-api";
import type { Surroundings } from "./open-credentials.ts";

/** What a GitHub App asks in its own name, which its key signs. */
export interface AppClient {
  /** The installation at a user or organization; undefined where there is none. */
  installationOf(owner: string): Promise<number | undefined>;
  /** Two of all installations at most: nobody needs to know more than whether there is only one. */
  installations(): Promise<readonly number[]>;
  /** A new token of an installation, and when it ends in milliseconds since 1970. */
  tokenOf(installation: number): Promise<{ readonly token: string; readonly endsAt: number }>;
}

const QUIET = { debug() {}, info() {}, warn() {}, error() {} };

/** Opens what an App asks. Nothing is sent yet. Its methods throw `RemoteError`, without the key or what it signed. */
export function openAppClient(
  appId: string,
  privateKey: string,
  { addresses, fetch = boundedFetch() }: Surroundings,
): AppClient {
  const { request } = new Octokit({ baseUrl: addresses.rest, request: { fetch }, log: QUIET });
  const auth = createAppAuth({ appId, privateKey, request, log: QUIET });
  const signed = async () => {
    const { token } = await auth({ type: "app" }).catch(() => {
      throw refusal("its private key cannot be used; make a new one in the App's settings");
    });
    return { authorization: `bearer ${token}` };
  };
  return {
    async installationOf(owner) {
      for (const route of [
        "GET /orgs/{owner}/installation",
        "GET /users/{owner}/installation",
      ] as const) {
        const found = await request(route, { owner, headers: await signed() }).catch(nothingFor404);
        if (found) return (found.data as { id: number }).id;
      }
      return undefined;
    },
    async installations() {
      const headers = await signed();
      const { data } = await request("GET /app/installations", { per_page: 2, headers }).catch(
        fail,
      );
      return data.map(({ id }) => id);
    },
    async tokenOf(installation) {
      const headers = await signed();
      const { data } = await request("POST /app/installations/{installation_id}/access_tokens", {
        installation_id: installation,
        headers,
      }).catch(fail);
      return { token: data.token, endsAt: Date.parse(data.expires_at) };
    },
  };
}

function nothingFor404(error: unknown): undefined {
  if ((error as { status?: number }).status !== 404) fail(error);
}

function fail(error: unknown): never {
  const { status, cause } = error as { status?: number; cause?: unknown };
  if (cause instanceof RemoteError) throw cause;
  if (status === 401) throw refusal("check its id, its private key and this machine's clock");
  if (status === 404)
    throw refusal("it has no such installation; check GITHUB_APP_INSTALLATION_ID");
  throw refusal(`GitHub answered with ${status ?? "an error"}; check that it is not suspended`);
}

function refusal(advice: string): RemoteError {
  return new RemoteError("no-credentials", `GitHub did not take the GitHub App: ${advice}.`);
}
