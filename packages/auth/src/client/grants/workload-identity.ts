import type { RegisteredClient } from "../tokens/oauth-client.ts";
import { boundClient } from "./bound-client.ts";
import type { Grant } from "./grant.ts";
import { tradeAssertion } from "./jwt-bearer.ts";

/** A workload that its platform vouches for. */
export interface WorkloadIdentityOptions {
  readonly client: RegisteredClient;
  /**
   * Gets the platform's signed statement of what this workload is, for one audience: the issuer of the
   * authorization server. It is asked each time, because such statements live for minutes.
   */
  assertion(audience: string, signal?: AbortSignal): string | Promise<string>;
}

/**
 * Tokens for a workload, without any secret of its own (workload identity federation, SEP-1933). What is refused
 * is not asked for again, nor in another way.
 */
export function workloadIdentity({ client, assertion }: WorkloadIdentityOptions): Grant {
  return {
    refreshable: false,
    issuer: client.issuer,
    client: (place) => boundClient(client, place),
    async obtain(task) {
      const known = await boundClient(client, task);
      const statement = await assertion(task.server.issuer, task.signal);
      return tradeAssertion(statement, known, task);
    },
  };
}
