import { sendBy } from "../../src/installed/index.ts";
import { authority } from "../client/authority.ts";
import type { Answer } from "../client/serve.ts";

/** Starts a service whose refresh tokens work once: `refresh-0` brings `access-1` and `refresh-1`, and so on. */
export async function rotatingService() {
  let count = 0;
  const changed: { answer: Answer | undefined } = { answer: undefined };
  const service = await authority({
    token({ form }) {
      if (changed.answer) return changed.answer;
      if (form.grant_type !== "refresh_token") return undefined;
      if (form.refresh_token !== `refresh-${count}`) {
        const error_description = `${form.refresh_token} was used up`;
        return { status: 400, json: { error: "invalid_grant", error_description } };
      }
      count++;
      const names = { access_token: `access-${count}`, refresh_token: `refresh-${count}` };
      return { json: { ...names, token_type: "bearer", expires_in: 3600, scope: "read,write" } };
    },
  });
  const { issuer } = service;
  return Object.assign(changed, {
    tokenRequests: () => service.tokenRequests().map(({ form }) => form),
    authorizations: service.authorizations,
    renewal: {
      server: {
        issuer,
        authorizationEndpoint: `${issuer}/authorize?access_type=offline`,
        tokenEndpoint: `${issuer}/token`,
        authMethods: ["client_secret_post"],
        sendsIssuer: false,
      },
      client: { clientId: "desk", clientSecret: "secret-of-desk" },
      send: sendBy(fetch),
    },
  });
}
