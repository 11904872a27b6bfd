import { s, ToolError } from "@portico/core";
import type { GitHub, Repository } from "../../api/github.ts";
import { labelShape } from "../../repos/labels.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";

interface LabelChange {
  readonly name: string;
  readonly new_name?: string;
  readonly color?: string;
  readonly description?: string;
}

/** Creates, changes or deletes a label. */
export const labelWrite = githubTool({
  name: "label_write",
  toolset: "labels",
  description: "Create, update or delete a label.",
  effect: "destroys",
  effectOf: ({ method }) => (method === "delete" ? "destroys" : "writes"),
  scopes: ["repo", "public_repo"],
  input: s.object({
    method: s.enum(["create", "update", "delete"]),
    owner,
    repo,
    name: s.string(),
    new_name: s.optional(s.string()),
    color: s.optional(s.string({ pattern: "^[0-9a-fA-F]{6}$" })),
    description: s.optional(s.string()),
  }),
  output: thing,
  question: ({ owner, repo, name }) =>
    `Delete the label ${name} of ${owner}/${repo}, and take it from everything that has it?`,
  async run({ method, owner, repo, ...change }, github) {
    const place = { owner, repo };
    if (method === "create") return create(github, place, change);
    if (method === "update") return update(github, place, change);
    await github.rest.issues.deleteLabel({ ...place, name: change.name });
    return { data: { deleted: change.name } };
  },
});

async function create({ rest }: GitHub, place: Repository, change: LabelChange) {
  const { name, color, description } = change;
  if (color === undefined) throw new ToolError("A new label needs a color, as f29513.");
  const facts = { name, color, ...(description !== undefined && { description }) };
  const { data } = await rest.issues.createLabel({ ...place, ...facts });
  return { data: labelShape(data) };
}

async function update({ rest }: GitHub, place: Repository, change: LabelChange) {
  const { name, ...changes } = change;
  if (Object.keys(changes).length === 0) {
    throw new ToolError("Nothing is to change: give new_name, color or description.");
  }
  const { data } = await rest.issues.updateLabel({ ...place, name, ...changes });
  return { data: labelShape(data) };
}
