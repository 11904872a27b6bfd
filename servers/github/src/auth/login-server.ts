import type { AuthorizationPlace } from "@portico/auth/installed";
import type { Addresses } from "../api/base.ts";

/** Where people sign in to GitHub, in a browser or by a code. */
export function loginServer({ pages }: Pick<Addresses, "pages">): AuthorizationPlace & {
  readonly deviceEndpoint: string;
} {
  return {
    issuer: pages,
    authorizationEndpoint: `${pages}/login/oauth/authorize`,
    tokenEndpoint: `${pages}/login/oauth/access_token`,
    deviceEndpoint: `${pages}/login/device/code`,
    authMethods: ["client_secret_post"],
    sendsIssuer: false,
  };
}
