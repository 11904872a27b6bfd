// Prints the access token of a session of its own: `another-process.ts FILE TOKEN_ENDPOINT`.
import { sendBy, tokenFile, tokenSession } from "../../src/installed/index.ts";

const [path = "", tokenEndpoint = ""] = process.argv.slice(2);
const session = tokenSession({
  store: tokenFile(path),
  renewal: async () => ({
    server: { issuer: "test", tokenEndpoint, authMethods: undefined },
    client: { clientId: "desk" },
    send: sendBy(fetch),
  }),
  warn: console.error,
});
console.log(await session.accessToken(AbortSignal.timeout(10_000)));
