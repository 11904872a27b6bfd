import assert from "node:assert/strict";
import type { Client, Progress } from "@portico/core";
import type { Place } from "../pair.ts";

/** Watches a call to its end, and gives up another one. */
export async function check(client: Client, { revision }: Place): Promise<void> {
  const seen: Progress[] = [];
  const onProgress = (progress: Progress) => void seen.push(progress);
  const { content } = await client.callTool("print_photos", { photos: ["a", "b"] }, { onProgress });
  assert.deepEqual(content, [{ type: "text", text: "Printed 2." }]);
  // Progress has words since 2025-03-26; before, it is numbers alone.
  const said = (message: string) => (revision >= "2025-03-26" ? { message } : {});
  assert.deepEqual(seen, [
    { progress: 0, total: 2, ...said("Printing a.") },
    { progress: 1, total: 2, ...said("Printing b.") },
    { progress: 2, total: 2, ...said("Done.") },
  ]);

  const impatient = new AbortController();
  const given = client.callTool(
    "print_photos",
    { photos: ["a", "b"] },
    { signal: impatient.signal, onProgress: () => impatient.abort(new Error("Enough.")) },
  );
  await assert.rejects(given, { message: "Enough." });
  // The server goes on serving.
  const { isError } = await client.callTool("print_photos", { photos: [] });
  assert.equal(isError, undefined);
}
