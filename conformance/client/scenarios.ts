import type { Assignment } from "./assignment.ts";
import { asEmployee, asUser, asWorkload, withKey, withSecret } from "./authorization.ts";
import {
  addNumbers,
  echoSchema,
  elicitationDefaults,
  initialize,
  listTools,
  reconnect,
  requestMetadata,
  requestState,
} from "./basics.ts";
import { customHeaders, invalidToolHeaders, standardHeaders } from "./headers.ts";
import { listOnly, loadSkills } from "./skills.ts";

/** What the client does in one scenario; throws where the scenario wants it to give up. */
export type Scenario = (assignment: Assignment) => Promise<void>;

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  initialize,
  tools_call: addNumbers,
  "request-metadata": requestMetadata,
  "elicitation-sep1034-client-defaults": elicitationDefaults,
  "sse-retry": reconnect,
  "sep-2322-client-request-state": requestState,
  "http-standard-headers": standardHeaders,
  "http-custom-headers": customHeaders,
  "http-invalid-tool-headers": invalidToolHeaders,
  "json-schema-ref-no-deref": listTools,
  "json-schema-2020-12-preservation": echoSchema,
  "sep-2640-client-no-prefetch": listOnly,
  "sep-2640-client-verify-digest": loadSkills,
  "sep-2640-client-verify-size": loadSkills,
  "sep-2640-client-verify-frontmatter": loadSkills,
  "auth/client-credentials-basic": withSecret,
  "auth/client-credentials-jwt": withKey,
  "auth/enterprise-managed-authorization": asEmployee,
  "auth/wif-jwt-bearer": asWorkload,
};

/**
 * The scenario of this name.
 * @throws {Error} for one the client does not know
 */
export function scenarioOf(name: string): Scenario {
  const known = SCENARIOS[name];
  if (known) return known;
  // All others of this group differ only in what the authorization server does.
  if (name.startsWith("auth/")) return asUser;
  throw new Error(`There is no scenario "${name}".`);
}
