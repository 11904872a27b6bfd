#!/usr/bin/env node
import { newToken } from "./server/static-tokens.ts";

const USAGE = `Usage: portico-auth new-token ID [SCOPE...]

Makes a token for the caller ID. Standard output gets the line for the file of tokens, which holds a hash
only; standard error gets the token itself, which cannot be shown again:

  npx -y @portico/auth new-token ada files:read >> tokens
`;

const [command, id, ...scopes] = process.argv.slice(2);
if (command === "--help") process.stdout.write(USAGE);
else if (command === "new-token" && id !== undefined) await make(id);
else correct(USAGE);

async function make(owner: string): Promise<void> {
  try {
    const { token, line } = await newToken(owner, scopes);
    process.stdout.write(`${line}\n`);
    process.stderr.write(`${token}\n`);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    correct(`portico-auth: ${error.message}\n`);
  }
}

/** Tells the operator what to change. */
function correct(text: string): void {
  process.stderr.write(text);
  process.exitCode = 2;
}
