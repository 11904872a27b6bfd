import { accept } from "@portico/core/testing";
import { refusal, structured } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { gitRoutes } from "../fake/git.ts";
import { addRepository } from "../fake/hub.ts";
import { recordedRoutes } from "../fake/recorded.ts";
import { open } from "../support/servers.ts";

// What GitHub itself answered once: our own stand-in says what we believe it says.

const owner = "octokit-fixture-org";

test("labels are created, shown, renamed and deleted as GitHub recorded it", async () => {
  const { client, github } = await open({
    routes: [recordedRoutes("labels")],
    client: { answers: { confirm: accept() } },
  });
  const place = { owner, repo: "labels" };
  const write = { ...place, method: "create", name: "test-label", color: "663399" };
  expect(await structured(client, "label_write", write)).toMatchObject({
    name: "test-label",
    color: "663399",
  });
  expect(await structured(client, "get_label", { ...place, name: "test-label" })).toMatchObject({
    color: "663399",
  });
  const rename = { ...write, method: "update", new_name: "test-label-updated", color: "BADA55" };
  expect(await structured(client, "label_write", rename)).toMatchObject({
    name: "test-label-updated",
  });
  const gone = { ...write, method: "delete", name: "test-label-updated" };
  expect(await structured(client, "label_write", gone)).toEqual({ deleted: "test-label-updated" });
  const writes = github.requests.filter(({ method }) => method === "POST" || method === "PATCH");
  expect(writes.map(({ body }) => body)).toEqual([
    { name: "test-label", color: "663399" },
    { new_name: "test-label-updated", color: "BADA55" },
  ]);
});

test("what GitHub has against a label is said in one sentence", async () => {
  const { client } = await open({ routes: [recordedRoutes("errors")] });
  const write = { owner, repo: "errors", method: "create", name: "foo", color: "00000a" };
  expect(await refusal(client, "label_write", write)).toMatch(/^GitHub refused this: .+color/);
});

test("a directory is listed as GitHub recorded it", async () => {
  const { client } = await open({ routes: [recordedRoutes("get-content")] });
  expect(await structured(client, "get_file_contents", { owner, repo: "hello-world" })).toEqual({
    type: "dir",
    path: "",
    entries: [
      {
        type: "file",
        name: "README.md",
        path: "README.md",
        size: 13,
        sha: "93a078d1c3f76aa1ca11def8f882a06df1d4a01b",
      },
    ],
  });
});

test("a file is created as GitHub recorded it", async () => {
  const { client, github } = await open({ routes: [recordedRoutes("create-file"), gitRoutes] });
  addRepository(github.world, { owner, name: "create-file", collaborators: { octocat: "write" } });
  const write = { owner, repo: "create-file", path: "test.txt", branch: "main" };
  expect(
    await structured(client, "create_or_update_file", {
      ...write,
      message: "create test.txt",
      content: "Test content",
    }),
  ).toMatchObject({
    content: { name: "test.txt", path: "test.txt", size: 12 },
    commit: { message: "create test.txt", sha: expect.stringMatching(/^[0-9a-f]{40}$/) },
  });
  expect(github.requests.at(-1)?.body).toMatchObject({ content: "VGVzdCBjb250ZW50" });
});
