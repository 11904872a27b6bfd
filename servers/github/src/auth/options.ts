/** The flags that say who acts on GitHub, with the variables users of other servers know. */
export const AUTH_OPTIONS = {
  "personal-access-token": {
    type: "string",
    env: ["GITHUB_PERSONAL_ACCESS_TOKEN", "GITHUB_TOKEN", "GH_TOKEN"],
    description: "The token to act with. Better set as GITHUB_PERSONAL_ACCESS_TOKEN.",
  },
  "token-file": {
    type: "path",
    env: "GITHUB_TOKEN_FILE",
    description: "File with the token; it takes the place of --personal-access-token.",
  },
  "app-id": {
    type: "string",
    env: "GITHUB_APP_ID",
    description: "Id or client id of a GitHub App to act as.",
  },
  "app-installation-id": {
    type: "string",
    env: "GITHUB_APP_INSTALLATION_ID",
    description: "Installation of the App. Default: that of the owner a call is about.",
  },
  "app-private-key-path": {
    type: "path",
    env: "GITHUB_APP_PRIVATE_KEY_PATH",
    description: "File with the App's private key, in PEM.",
  },
  "app-private-key": {
    type: "string",
    env: "GITHUB_APP_PRIVATE_KEY",
    description: "The key itself, with \\n for line ends. Better set as GITHUB_APP_PRIVATE_KEY.",
  },
  "oauth-client-id": {
    type: "string",
    env: "GITHUB_OAUTH_CLIENT_ID",
    description: "OAuth App or GitHub App that the command login signs you in to.",
  },
  "oauth-client-secret": {
    type: "string",
    env: "GITHUB_OAUTH_CLIENT_SECRET",
    description:
      "Its secret: with it login uses a browser of this machine, without it a code to type anywhere. Better set as GITHUB_OAUTH_CLIENT_SECRET.",
  },
  "oauth-scopes": {
    type: "list",
    words: true,
    env: "GITHUB_OAUTH_SCOPES",
    default: ["repo", "read:org", "gist", "notifications", "project", "workflow"],
    description: "What login asks for. A GitHub App has permissions of its own instead.",
  },
  "oauth-callback-port": {
    type: "integer",
    env: "GITHUB_OAUTH_CALLBACK_PORT",
    description: "Port of this machine that login waits for the browser at. Default: any free one.",
  },
  account: {
    type: "string",
    default: "default",
    env: "GITHUB_ACCOUNT",
    description: "Name under which login keeps the token, and whose token is used.",
  },
  "accounts-dir": {
    type: "path",
    env: "GITHUB_ACCOUNTS_DIR",
    description:
      "Folder in which login keeps tokens. Default: accounts in this server's folder of your configuration.",
  },
  accounts: {
    type: "path",
    env: "GITHUB_ACCOUNTS",
    description:
      'JSON file that says who acts for which owner, as {"octo-org": {"token-file": "/secrets/octo"}}; "*" is everybody else.',
  },
  "token-key": {
    type: "string",
    env: "GITHUB_TOKEN_KEY",
    description:
      "Encrypts the tokens login keeps: 32 bytes in base64 or hexadecimal. Better set as GITHUB_TOKEN_KEY.",
  },
  "token-key-file": {
    type: "path",
    env: "GITHUB_TOKEN_KEY_FILE",
    description: "File with such a key; it takes the place of --token-key.",
  },
} as const;
