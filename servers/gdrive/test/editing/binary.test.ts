import { call } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { FakeDocs } from "../fake/docs/docs.ts";
import { paragraph } from "../fake/docs/model.ts";
import { fakeDrive } from "../fake/drive.ts";
import { openBinary, signedIn } from "../support/binary.ts";

test("the binary edits documents when told to, and reads Markdown with a package of others", async () => {
  const docs = new FakeDocs();
  docs.documents.set("d", { title: "Tea", tabs: [{ id: "t.0", body: [paragraph("")] }] });
  await using fake = await fakeDrive({ parts: [docs.routes] });
  const client = await openBinary(signedIn(fake.url), ["--toolsets", "docs"]);
  const document = "https://docs.google.com/document/d/d/edit?tab=t.0";
  await call(client, "insert_markdown", {
    document_id: document,
    markdown: "# Tea\n\nat **five**",
  });
  expect(await call(client, "read_document", { document_id: document })).toContain(
    "1-5 # Tea\n5-13 at **five**",
  );
});

test("the binary offers no tool that edits documents, sheets or slides unless told to", async () => {
  await using fake = await fakeDrive();
  const client = await openBinary(signedIn(fake.url));
  const names = (await client.listTools()).map(({ name }) => name);
  expect(names).not.toContain("read_document");
  expect(names).not.toContain("write_range");
  expect(names).not.toContain("add_slide");
});
