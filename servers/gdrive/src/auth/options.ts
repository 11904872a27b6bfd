/** The flags that say in whose name Google is asked, with the variables users of other servers know. */
export const AUTH_OPTIONS = {
  "oauth-path": {
    type: "path",
    env: ["GDRIVE_OAUTH_PATH", "GOOGLE_DRIVE_OAUTH_CREDENTIALS"],
    description:
      "Keys of an OAuth client, as the JSON file Google's console lets you download. Default: gcp-oauth.keys.json in this server's folder of your configuration.",
  },
  "credentials-path": {
    type: "path",
    env: ["GDRIVE_CREDENTIALS_PATH", "GOOGLE_DRIVE_MCP_TOKEN_PATH"],
    description:
      "Where the default account's token is kept once you signed in by the command auth. A file of the archived server will do.",
  },
  "accounts-dir": {
    type: "path",
    env: "GDRIVE_ACCOUNTS_DIR",
    description:
      "Folder with the tokens of all other accounts. Default: accounts in this server's folder of your configuration.",
  },
  account: {
    type: "string",
    default: "default",
    env: "GDRIVE_ACCOUNT",
    description: "Account that auth signs in, and that is meant where a call names none.",
  },
  "token-key": {
    type: "string",
    env: "GDRIVE_TOKEN_KEY",
    description:
      "Encrypts the tokens on disk: 32 bytes in base64 or hexadecimal. Better set as GDRIVE_TOKEN_KEY.",
  },
  "token-key-file": {
    type: "path",
    env: "GDRIVE_TOKEN_KEY_FILE",
    description: "File with such a key; it takes the place of --token-key.",
  },
  "google-credentials": {
    type: "path",
    env: "GOOGLE_APPLICATION_CREDENTIALS",
    description: "Key of a service account, or any other file of application default credentials.",
  },
  subject: {
    type: "string",
    env: ["GDRIVE_SUBJECT", "GOOGLE_DRIVE_MCP_SUBJECT"],
    description: "E-mail address of the user a service account acts as.",
  },
  "application-default": {
    type: "boolean",
    env: "GDRIVE_APPLICATION_DEFAULT",
    description: "Use the credentials of gcloud, or of the machine in Google's cloud.",
  },
  "access-token": {
    type: "string",
    env: ["GDRIVE_ACCESS_TOKEN", "GOOGLE_DRIVE_MCP_ACCESS_TOKEN"],
    description: "A token somebody else takes care of. Better set as GDRIVE_ACCESS_TOKEN.",
  },
  "refresh-token": {
    type: "string",
    env: ["GDRIVE_REFRESH_TOKEN", "GOOGLE_DRIVE_MCP_REFRESH_TOKEN"],
    description: "A token to renew the access token with. Better set as GDRIVE_REFRESH_TOKEN.",
  },
  "client-id": {
    type: "string",
    env: ["GDRIVE_CLIENT_ID", "GOOGLE_DRIVE_MCP_CLIENT_ID"],
    description: "OAuth client, in place of --oauth-path.",
  },
  "client-secret": {
    type: "string",
    env: ["GDRIVE_CLIENT_SECRET", "GOOGLE_DRIVE_MCP_CLIENT_SECRET"],
    description: "Its secret. Better set as GDRIVE_CLIENT_SECRET.",
  },
  scopes: {
    type: "list",
    words: true,
    env: ["GDRIVE_SCOPES", "GOOGLE_DRIVE_MCP_SCOPES"],
    description:
      "What to ask Google for, as drive.readonly. Default: what the tools that are on need, and no more.",
  },
  "auth-port": {
    type: "integer",
    env: ["GDRIVE_AUTH_PORT", "GOOGLE_DRIVE_MCP_AUTH_PORT"],
    description: "Port of this machine that auth waits for the browser at. Default: any free one.",
  },
} as const;
