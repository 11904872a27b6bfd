import { type JsonObject, s } from "@portico/core";
import { stated } from "../../api/stated.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";

const ROUTE = "GET /repos/{owner}/{repo}/code-quality/findings/{finding_number}";

/** What the endpoint says, of which the client has no types yet. */
interface Finding {
  readonly number: number;
  readonly state: string;
  readonly rule: JsonObject;
  readonly location: JsonObject;
  readonly message?: { readonly text?: string };
  readonly created_at?: string;
}

/** One finding of code quality. */
export const getCodeQualityFinding = githubTool({
  name: "get_code_quality_finding",
  toolset: "code_quality",
  description: "A finding of code quality, with its rule and where it was found.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({ owner, repo, findingNumber: s.integer({ minimum: 1 }) }),
  output: thing,
  async run({ owner, repo, findingNumber }, { request }) {
    const { data } = await request(ROUTE, { owner, repo, finding_number: findingNumber });
    return { data: shape(data as Finding) };
  },
});

function shape({ number, state, rule, location, message, created_at }: Finding): JsonObject {
  return stated({
    number,
    state,
    ...location,
    message: message?.text,
    rule: rule.id,
    rule_title: rule.title,
    rule_description: rule.description,
    rule_help: rule.help,
    severity: rule.severity,
    category: rule.category,
    created_at,
  });
}
