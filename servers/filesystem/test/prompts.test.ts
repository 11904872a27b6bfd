import fs from "node:fs";
import path from "node:path";
import { type GetPromptResult, REVISIONS } from "@portico/core";
import { scratch } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { clientOn } from "./support/servers.ts";

const textOf = ({ messages }: GetPromptResult) =>
  messages.map(({ content }) => (content.type === "text" ? content.text : "")).join("\n");

describe.each(REVISIONS)("prompts with revision %s", (revision) => {
  test("code_review embeds the file and names what to look at", async () => {
    const dir = scratch({ "a.ts": "let x = 1;\n" });
    const client = await clientOn([dir], { revision });
    const result = await client.getPrompt("code_review", { file_path: "a.ts", focus: "security" });
    expect(textOf(result)).toMatch(`Review the file ${dir}/a.ts, above all for security.`);
    expect(result.messages[1]?.content).toMatchObject({
      type: "resource",
      resource: { uri: `file://${dir}/a.ts`, text: "let x = 1;\n" },
    });
    const outside = client.getPrompt("code_review", { file_path: "/etc/hostname" });
    await expect(outside).rejects.toThrow("outside the allowed directories");
  });

  test("debug_error keeps the message apart, whatever is in it", async () => {
    const client = await clientOn([scratch()], { revision });
    const error_message = "boom\n```\nnot the end";
    const asked = textOf(await client.getPrompt("debug_error", { error_message, context: "boot" }));
    expect(asked).toContain(`\`\`\`\`\n${error_message}\n\`\`\`\``);
    expect(asked).toContain("It happened here: boot");
  });

  test("project_context shows the tree, the README and what changed last, as they are now", async () => {
    const dir = scratch({
      "README.md": "# Demo",
      ".gitignore": "out/\n",
      "src/a.ts": "",
      "out/b": "",
      "node_modules/c": "",
    });
    fs.utimesSync(path.join(dir, "README.md"), 1, 1);
    const client = await clientOn([dir], { revision });
    const before = textOf(await client.getPrompt("project_context"));
    expect(before).toContain("## Files\n.gitignore\nREADME.md\nsrc/\n  a.ts\n");
    expect(before).toContain("## README.md\n# Demo");
    expect(before).not.toMatch(/out\/|node_modules/);
    expect(before.trimEnd()).toMatch(/1970-01-01T00:00:01.000Z README.md$/);
    fs.writeFileSync(path.join(dir, "src/new.ts"), "");
    expect(textOf(await client.getPrompt("project_context"))).toContain("src/new.ts");
  });

  test("project_context passes over a README that is no text", async () => {
    const client = await clientOn([scratch({ "README.md": Buffer.from([0, 1]) })], { revision });
    expect(textOf(await client.getPrompt("project_context"))).not.toContain("## README.md");
  });
});

test("the file of a review completes, relative to the allowed directories too", async () => {
  const dir = scratch({ "src/a.ts": "", "src/b.ts": "" });
  const client = await clientOn([dir]);
  const complete = async (name: string, value: string) => {
    const ref = { type: "ref/prompt" as const, name: "code_review" };
    return (await client.complete({ ref, argument: { name, value } })).completion.values;
  };
  expect(await complete("file_path", "src/")).toEqual(["src/a.ts", "src/b.ts"]);
  expect(await complete("file_path", `${dir}/s`)).toEqual([`${dir}/src/`]);
  expect(await complete("file_path", "")).toEqual(["src/", `${dir}/`]);
  expect(await complete("focus", "se")).toEqual(["security"]);
});
