import {
  authorizationCode,
  clientCredentials,
  enterpriseManaged,
  type Grant,
  headless,
  oauth,
  workloadIdentity,
} from "@portico/auth/client";
import type { Assignment } from "./assignment.ts";
import { open } from "./open.ts";

const REDIRECT_URI = "http://localhost:3000/callback";
const METADATA_URL = "https://conformance-test.local/client-metadata.json";

type Context = Readonly<Record<string, string>>;

/** Lists and calls behind authorization, with tokens that `grant` comes by. */
async function callWith(assignment: Assignment, grant: Grant): Promise<void> {
  const signer = oauth({ server: assignment.url, grant, trustedHosts: ["localhost", "127.0.0.1"] });
  await using client = await open(assignment, {}, signer);
  await client.listTools();
  await client.callTool("test-tool");
}

/** A user who allows everything at once: the redirect is read from the authorization server's answer. */
export function asUser(assignment: Assignment): Promise<void> {
  const { client_id: clientId, client_secret: clientSecret } = assignment.context as Context;
  const grant = authorizationCode({
    about: { name: "Portico conformance client" },
    redirect: headless({ redirectUri: REDIRECT_URI }),
    metadataUrl: METADATA_URL,
    ...(clientId !== undefined && { client: { clientId, clientSecret } }),
  });
  return callWith(assignment, grant);
}

/** The client in its own name, with a secret. */
export function withSecret(assignment: Assignment): Promise<void> {
  const { client_id: clientId = "", client_secret: clientSecret } = assignment.context as Context;
  return callWith(assignment, clientCredentials({ clientId, clientSecret }));
}

/** The client in its own name, with a signing key. */
export function withKey(assignment: Assignment): Promise<void> {
  const context = assignment.context as Context;
  const { client_id: clientId = "", private_key_pem: key = "" } = context;
  const signingKey = { key, algorithm: context.signing_algorithm ?? "ES256" };
  return callWith(assignment, clientCredentials({ clientId, signingKey }));
}

/** A user whose organization has decided already. */
export function asEmployee(assignment: Assignment): Promise<void> {
  const context = assignment.context as Context;
  const grant = enterpriseManaged({
    client: { clientId: context.client_id ?? "", clientSecret: context.client_secret },
    identityProvider: {
      issuer: context.idp_issuer ?? "",
      tokenEndpoint: context.idp_token_endpoint ?? "",
      client: { clientId: context.idp_client_id ?? "", authMethod: "none" },
      identity: () => ({ type: "id_token", value: context.idp_id_token ?? "" }),
    },
  });
  return callWith(assignment, grant);
}

/** A workload that its platform vouches for; it has no other proof, whatever the server answers. */
export function asWorkload(assignment: Assignment): Promise<void> {
  const { client_id: clientId = "", valid_jwt: statement = "" } = assignment.context as Context;
  return callWith(
    assignment,
    workloadIdentity({ client: { clientId }, assertion: () => statement }),
  );
}
