import type { WaitOptions } from "../../kernel/pending.ts";
import {
  ClientCapabilities,
  checkFor,
  Implementation,
  InitializeResult,
  isModern,
  isRevision,
  LATEST_LEGACY_REVISION,
  project,
  REVISIONS,
  type Revision,
} from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import { describeIssues } from "../../schema/validate.ts";
import { type Introduction, InvalidResponse, type ServerFacts, type Wire } from "../client-era.ts";

/**
 * Opens a legacy connection with the `initialize` handshake.
 * @param pinned the only revision to accept; by default the newest is asked for and any legacy one accepted
 * @throws {InvalidResponse} when the server answers with a revision this client does not speak
 */
export async function open(
  wire: Wire,
  { info, capabilities }: Introduction,
  pinned: Revision | undefined,
  wait: WaitOptions,
): Promise<ServerFacts> {
  const asked = pinned ?? LATEST_LEGACY_REVISION;
  const projected = project(ClientCapabilities, asked, capabilities) as JsonObject;
  // No legacy revision has a word for them, but servers of MCP Apps look for them all the same.
  const extensions = capabilities.extensions as JsonObject | undefined;
  const result = await wire.request(
    "initialize",
    {
      protocolVersion: asked,
      capabilities: { ...projected, ...(extensions && { extensions }) },
      clientInfo: project(Implementation, asked, info) as unknown as JsonObject,
    },
    wait,
  );
  const revision = agreed(result.protocolVersion, pinned);
  const issues = checkFor(InitializeResult, revision)(result);
  if (issues) {
    throw new InvalidResponse(
      `The server's answer to initialize is invalid: ${describeIssues(issues)}.`,
    );
  }
  wire.notify("notifications/initialized");
  const { serverInfo, capabilities: offered, instructions } = result as unknown as InitializeResult;
  return { era: "legacy", revision, info: serverInfo, capabilities: offered, instructions };
}

/** The handshake has told everything there is to know. */
export function learn(facts: ServerFacts): ServerFacts {
  return facts;
}

// 2025-11-25 basic/lifecycle: a client that does not support the server's answer SHOULD disconnect.
function agreed(answered: unknown, pinned: Revision | undefined): Revision {
  if (isRevision(answered) && !isModern(answered) && (pinned ?? answered) === answered) {
    return answered;
  }
  const spoken = pinned ?? REVISIONS.filter((revision) => !isModern(revision)).join(", ");
  throw new InvalidResponse(
    `The server wants to speak MCP ${JSON.stringify(answered)}; this client speaks ${spoken} after initialize.`,
  );
}
