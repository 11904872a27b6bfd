// Whether the server of this container answers over HTTP. On stdio there is nothing to ask: its host sees it end.
"use strict";
const { readFileSync } = require("node:fs");

const args = readFileSync("/proc/1/cmdline", "utf8").split("\0");

/** What the server was told: by a flag, `--name value` or `--name=value`, or else by the first variable that is set. */
function setting(name, ...variables) {
  const at = args.findLastIndex((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  if (at === -1) return variables.map((variable) => process.env[variable]).find(Boolean);
  const [, value] = args[at].split(/=(.*)/s);
  return value ?? args[at + 1];
}

/** Where to ask a server that listens on `host`. */
function addressOf(host = "127.0.0.1") {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}

if (setting("transport", "PORTICO_TRANSPORT", "MCP_TRANSPORT") === "http") {
  const scheme = setting("tls-cert", "PORTICO_TLS_CERT") === undefined ? "http" : "https";
  const host = addressOf(setting("host", "PORTICO_HOST"));
  const port = setting("port", "PORTICO_PORT", "PORT") ?? "3000";
  // The certificate is for the name that clients use, which is not this one.
  const options = { rejectUnauthorized: false, timeout: 2_000 };
  require(`node:${scheme}`)
    .get(`${scheme}://${host}:${port}/healthz`, options, ({ statusCode }) => {
      process.exit(statusCode === 200 ? 0 : 1);
    })
    .on("timeout", () => process.exit(1))
    .on("error", () => process.exit(1));
}
