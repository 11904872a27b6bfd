import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runToEnd, ServerProcess } from "./server-process.ts";

const folder = mkdtempSync(join(tmpdir(), "portico-runner-"));
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
function configFile(text: string): string {
  const path = join(folder, `config-${++files}.json`);
  writeFileSync(path, text);
  return path;
}

interface Mistake {
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
  readonly says: string;
  readonly corrected: string;
}

async function expectError({ args, env, says, corrected }: Mistake): Promise<void> {
  const { code, stdout, stderr } = await runToEnd(args, { env });
  // Some mistakes only show once the server is there.
  const own = stderr
    .replace("printed while starting\n", "")
    .replace(/^.* Notes are closed\.\n/m, "");
  expect(own).toBe(`portico-notes: ${says}\n  ${corrected}\n`);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
}

describe.concurrent("a mistake on the command line", () => {
  it.each<Mistake>([
    {
      args: ["--readonly", "/tmp"],
      says: "There is no flag --readonly; did you mean --read-only?",
      corrected: "portico-notes --read-only /tmp",
    },
    {
      args: ["--frobnicate", "a folder"],
      says: "There is no flag --frobnicate; remove it, or write -- before an argument that begins with a dash.",
      corrected: "portico-notes 'a folder'",
    },
    {
      args: ["--page-size"],
      says: "--page-size needs a value.",
      corrected: "portico-notes --page-size=50",
    },
    {
      args: ["--tools=,", "/tmp"],
      says: "--tools needs a value.",
      corrected: "portico-notes --tools=A,B /tmp",
    },
    {
      args: ["--no-read-only=true"],
      says: "--no-read-only takes no value.",
      corrected: "portico-notes --no-read-only",
    },
    {
      args: ["--version=2"],
      says: "--version takes no value.",
      corrected: "portico-notes --version",
    },
    {
      args: ["--config=/"],
      says: 'The configuration file "/" cannot be read: it is a folder.',
      corrected: "portico-notes --config=PATH",
    },
    {
      args: ["--page-size", "ten", "/tmp"],
      says: '--page-size must be a whole number, zero or more, not "ten".',
      corrected: "portico-notes --page-size 50 /tmp",
    },
    {
      args: ["--read-only=maybe"],
      says: '--read-only must be true or false, not "maybe".',
      corrected: "portico-notes --read-only=true",
    },
    {
      args: ["--log-level=warn"],
      says: '--log-level must be debug, info, notice, warning, error, critical, alert, or emergency, not "warn".',
      corrected: "portico-notes --log-level=warning",
    },
    {
      args: ["--transport", "htpp"],
      says: '--transport must be stdio or http, not "htpp".',
      corrected: "portico-notes --transport http",
    },
    {
      args: ["--port", "8080", "/tmp"],
      says: "--port has no effect on stdio; it needs --transport http.",
      corrected: "portico-notes --transport=http --port 8080 /tmp",
    },
    {
      args: ["--transport=stdio", "--allowed-hosts=a"],
      says: "--allowed-hosts has no effect on stdio; it needs --transport http.",
      corrected: "portico-notes --transport=http --allowed-hosts=a",
    },
    {
      args: ["--transport=http", "--host=0.0.0.0"],
      says: "On 0.0.0.0 other machines reach this server and nobody has to show who they are; give --auth-tokens, or --allow-unauthenticated where something in front of it asks.",
      corrected: "portico-notes --auth-tokens=PATH --transport=http --host=0.0.0.0",
    },
    {
      args: ["--transport=http", "--port=70000"],
      says: "The port must be 65535 or less, not 70000.",
      corrected: "portico-notes --transport=http --port=3000",
    },
    {
      args: ["--transport=http", "--path", "mcp"],
      says: 'The path must begin with / and have no query, not "mcp".',
      corrected: "portico-notes --transport=http --path /mcp",
    },
    {
      args: ["--transport=http", "--path=/messages"],
      says: 'The path must not end in "messages", which clients of 2024-11-05 find beside the endpoint; choose another name than "/messages".',
      corrected: "portico-notes --transport=http --path=/mcp",
    },
    {
      args: ["--transport=http", "--path=/v1/sse"],
      says: 'The path must not end in "sse", which clients of 2024-11-05 find beside the endpoint; choose another name than "/v1/sse".',
      corrected: "portico-notes --transport=http --path=/mcp",
    },
    {
      args: ["--transport=http", "--path=/healthz"],
      says: "Probes are answered at /healthz; choose another path for the endpoint.",
      corrected: "portico-notes --transport=http --path=/mcp",
    },
    {
      args: ["--transport=http", "--tls-key=k.pem"],
      says: "--tls-key needs --tls-cert beside it.",
      corrected: "portico-notes --tls-cert=PATH --transport=http --tls-key=k.pem",
    },
    {
      args: ["--transport=http", "--tls-key=k.pem", "--tls-cert=nowhere.pem"],
      says: 'The file "nowhere.pem" of --tls-cert cannot be read: there is no such file.',
      corrected: "portico-notes --transport=http --tls-key=k.pem --tls-cert=PATH",
    },
    {
      args: ["--transport=http", "--auth-tokens", "/"],
      says: 'The file "/" of --auth-tokens cannot be read: it is a folder.',
      corrected: "portico-notes --transport=http --auth-tokens PATH",
    },
    {
      args: ["--transport=http", "--state-key=package.json"],
      says: 'The file "package.json" of --state-key must hold 64 hex digits; make them with: openssl rand -hex 32',
      corrected: "portico-notes --transport=http --state-key=PATH",
    },
    {
      args: ["--transport=http", "--auth-tokens=package.json"],
      says: 'The file "package.json" of --auth-tokens cannot be used: Line 1 of the tokens is not "<SHA-256 in hex> <id> [scope …]".',
      corrected: "portico-notes --help",
    },
    {
      args: ["--tools", "raed_note, settings"],
      says: 'There is no tool "raed_note"; did you mean read_note?',
      corrected: "portico-notes --tools read_note,settings",
    },
    {
      args: ["--disable-tools=unheard_of"],
      says: 'There is no tool "unheard_of"; choose from read_note, search_notes, write_note, settings, fail, relay, hang, linger.',
      corrected: "portico-notes",
    },
    {
      args: ["--tools=unheard_of"],
      says: 'There is no tool "unheard_of"; choose from read_note, search_notes, write_note, settings, fail, relay, hang, linger.',
      corrected: "portico-notes --tools=read_note",
    },
    {
      args: ["/nowhere/a", "/tmp"],
      says: 'There is no folder "/nowhere/a"; name one that exists.',
      corrected: "portico-notes /tmp /tmp",
    },
  ])("$args gets one sentence and the corrected line", expectError);

  it("is shown as npx was called", async () => {
    await expectError({
      args: ["--readonly"],
      env: { npm_lifecycle_event: "npx" },
      says: "There is no flag --readonly; did you mean --read-only?",
      corrected: "npx -y @portico/server-notes --read-only",
    });
  });

  it("does not repeat a secret", async () => {
    const { stderr } = await runToEnd([
      "--api-token",
      "hunter2",
      "--api-token=hunter2",
      "--frobnicate",
      "postgres://me:hunter2@db/x",
    ]);
    expect(stderr).toContain("--api-token *** --api-token=*** postgres://me:***@db/x");
    expect(stderr).not.toContain("hunter2");
  });
});

describe.concurrent("a mistake in the environment", () => {
  it.each<Mistake>([
    {
      args: ["/tmp"],
      env: { MCP_TRANSPORT: "carrier pigeon" },
      says: 'MCP_TRANSPORT must be stdio or http, not "carrier pigeon".',
      corrected: "MCP_TRANSPORT=stdio portico-notes /tmp",
    },
    {
      args: [],
      env: { PORTICO_READ_ONLY: "please" },
      says: 'PORTICO_READ_ONLY must be true or false, not "please".',
      corrected: "PORTICO_READ_ONLY=true portico-notes",
    },
    {
      args: [],
      env: { ALLOWED_PATHS: "/tmp,/nowhere/b" },
      says: 'There is no folder "/nowhere/b"; name one that exists.',
      corrected: "ALLOWED_PATHS=/tmp,/tmp portico-notes",
    },
    {
      args: ["/tmp"],
      env: { PORTICO_TOOLS: "," },
      says: "PORTICO_TOOLS lists nothing; name something, or leave it out.",
      corrected: "PORTICO_TOOLS=A,B portico-notes /tmp",
    },
    {
      args: [],
      env: { ALLOWED_PATHS: " , " },
      says: "ALLOWED_PATHS lists nothing; name something, or leave it out.",
      corrected: "ALLOWED_PATHS=/path/to/notes portico-notes",
    },
  ])("$env gets one sentence and the corrected line", expectError);

  it("that is only close to a variable is warned of, since it may be somebody else's", async () => {
    const server = new ServerProcess(["--log-level=debug"], {
      env: { PORTICO_READONLY: "1", PORTICO_SOMETHING_ELSE: "1" },
    });
    await server.logged("serves over stdio");
    server.child.stdin.end();
    const { code, stderr } = await server.ended;
    expect(code).toBe(0);
    const warnings = stderr.split("\n").filter((line) => line.includes(" warning "));
    expect(warnings).toEqual([
      expect.stringContaining(
        "PORTICO_READONLY is not known and does nothing; did you mean PORTICO_READ_ONLY?",
      ),
    ]);
  });
});

describe.concurrent("a mistake in the configuration file", () => {
  it("in a key gets the key that was meant", async () => {
    const path = configFile('{ "log-level": "info", "readonly": true }');
    await expectError({
      args: ["--config", path],
      says: `There is no setting "readonly" (in ${path}); did you mean "read-only"?`,
      corrected: `${path}: "read-only": true`,
    });
  });

  it("in a key nothing is close to says so", async () => {
    const path = configFile('{ "__proto__": 1 }');
    await expectError({
      args: ["--config", path],
      says: `There is no setting "__proto__" (in ${path}); remove the key.`,
      corrected: "portico-notes --help",
    });
  });

  it.each([
    [
      '{ "page-size": "ten" }',
      'must be a whole number, zero or more, not "ten".',
      '"page-size": 50',
    ],
    ['{ "page-size": null }', "must be a whole number, zero or more.", '"page-size": 50'],
    ['{ "read-only": {} }', "must be true or false.", '"read-only": true'],
    ['{ "tools": [1] }', "must be a list of texts.", '"tools": ["A,B"]'],
    ['{ "tools": [] }', "lists nothing; name something, or leave it out.", '"tools": ["A,B"]'],
    [
      '{ "dir": "," }',
      "lists nothing; name something, or leave it out.",
      '"dir": ["/path/to/notes"]',
    ],
    ['{ "log-format": "xml" }', 'must be text or json, not "xml".', '"log-format": "text"'],
  ])("in the value of %s gets one that fits", async (text, says, line) => {
    const path = configFile(text);
    const [key] = /"[\w-]+"/.exec(text)!;
    await expectError({
      args: ["--config", path],
      says: `${key} in ${path} ${says}`,
      corrected: `${path}: ${line}`,
    });
  });

  it("in its syntax is located without quoting the file", async () => {
    const path = configFile('{\n  "api-token": "hunter2",\n}');
    await expectError({
      args: ["--config", path],
      says: `The configuration file "${path}" is not JSON at line 3 column 1; correct it.`,
      corrected: "portico-notes --help",
    });
  });

  it("in its shape gets an example", async () => {
    const path = configFile("[]");
    await expectError({
      args: ["--config", path],
      says: `The configuration file "${path}" must hold one JSON object.`,
      corrected: `${path}: { "log-level": "info" }`,
    });
  });

  it("in its name says that there is no such file", async () => {
    await expectError({
      args: ["--config=nowhere.json"],
      says: 'The configuration file "nowhere.json" cannot be read: there is no such file.',
      corrected: "portico-notes --config=PATH",
    });
  });
});
