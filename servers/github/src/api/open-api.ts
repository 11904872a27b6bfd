import type { Octokit } from "@octokit/rest";
import { asFetch, type Fetch, type Send } from "@portico/remote-api";
import type { Credential, Credentials } from "../auth/credential.ts";
import type { Granted } from "../auth/granted.ts";
import type { AllowList } from "../bounds/allow-list.ts";
import { holdGraphQl } from "../bounds/graphql.ts";
import type { Addresses } from "./base.ts";
import { clients } from "./client.ts";
import { GitHubError } from "./error.ts";
import { explainGraphQl, type GraphQlProblem } from "./explain.ts";
import type { Api, GitHub } from "./github.ts";
import { gitHubSend } from "./send.ts";
import type { Spacing } from "./spacing.ts";

/** What it takes to reach GitHub. */
export interface ApiSettings {
  readonly addresses: Addresses;
  readonly credentials: Credentials;
  readonly allowed: AllowList;
  /** Takes the scopes that answers tell of. */
  readonly granted: Granted;
  /** Of the caller, as GitHub's logs show it. */
  readonly userAgent: string;
  readonly spacing?: Spacing | undefined;
}

/** Opens the way to GitHub. Nothing is sent yet. */
export function openApi(settings: ApiSettings): Api {
  const { addresses, userAgent, spacing } = settings;
  const send = gitHubSend(settings.allowed);
  const clientFor = clients({ baseUrl: addresses.rest, userAgent, spacing });
  return {
    async as(owner, signal) {
      const credential = await settings.credentials.for(owner, signal);
      const { identity } = credential;
      const secrets = new Set<string>();
      const fetch = signed(send, settings, credential, secrets);
      return onBehalf(settings, identity, clientFor({ fetch, signal, identity, secrets }));
    },
  };
}

function onBehalf({ addresses, allowed }: ApiSettings, identity: string, octokit: Octokit): GitHub {
  const graphql = async <T>(document: string, variables = {}): Promise<T> => {
    const ask = async <A>(query: string, values: object): Promise<A> => {
      const { data } = await octokit.request(`POST ${addresses.graphql}`, {
        data: { query, variables: values },
      });
      const { errors, data: found } = data as { errors?: GraphQlProblem[]; data: A };
      if (errors) throw await explainGraphQl(errors);
      return found;
    };
    await holdGraphQl(allowed, variables, ask);
    return ask<T>(document, variables);
  };
  const { rest, request, paginate } = octokit;
  return { rest, request, paginate, graphql, identity };
}

/** Signs what goes to GitHub and to nobody else, and learns from the answers what the token may. */
function signed(
  send: Send,
  { addresses, granted }: ApiSettings,
  credential: Credential,
  secrets: Set<string>,
): Fetch {
  const { origin } = new URL(addresses.rest);
  const fetch = asFetch(async (request) => {
    const headers = new Headers(request.headers);
    const authorization = await credential.authorization(request.signal);
    secrets.add(authorization.replace(/^\S+ /, ""));
    headers.set("authorization", authorization);
    const response = await send({ ...request, headers });
    granted.learn(credential.identity, response.headers.get("x-oauth-scopes"));
    return response;
  });
  return async (url, init) => {
    const [written] = String(url).split(/[?#]/, 1);
    // GH5: a name like ".." would change which path is asked for.
    if (written !== `${origin}${new URL(url).pathname}`) {
      throw new GitHubError("A name in the arguments is none GitHub has; nothing was sent.");
    }
    return fetch(url, init);
  };
}
