import { authorizationCode, headless } from "../../src/client/index.ts";

/** Where users of tests come back to; nobody listens there. */
export const REDIRECT_URI = "http://127.0.0.1:9/callback";

type Options = Partial<Parameters<typeof authorizationCode>[0]>;

/** A grant of a user who allows everything at once. */
export function person(options: Options = {}) {
  return authorizationCode({
    about: { name: "Portico test" },
    redirect: headless({ redirectUri: REDIRECT_URI }),
    ...options,
  });
}
