import {
  type Client,
  type ConnectOptions,
  connect,
  httpClient,
  isModern,
  isRevision,
  type RequestSigner,
} from "@portico/core";
import type { Assignment } from "./assignment.ts";

const CLIENT_INFO = { name: "portico-conformance-client", version: "1.0.0" };

/** Connects in the era the run is about. The modern mocks know no `server/discover`, so nothing is asked first. */
export function open(
  { url, revision }: Assignment,
  options: Partial<ConnectOptions> = {},
  signer?: RequestSigner,
): Promise<Client> {
  const known = isRevision(revision) ? revision : undefined;
  const modern = known === undefined || isModern(known);
  return connect(httpClient(url, signer && { signer }), {
    clientInfo: CLIENT_INFO,
    era: modern ? "modern" : "legacy",
    ...(!modern && { revision: known }),
    ...options,
  });
}
