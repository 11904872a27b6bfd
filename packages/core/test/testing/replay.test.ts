import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { replay } from "../../src/testing/index.ts";
import { everything } from "../server/everything.ts";

const folder = join(import.meta.dirname, "../transcripts");

test.each(globSync("*.txt", { cwd: folder }).sort())(
  "the transcript %s is what happens",
  async (name) => {
    await expect(
      replay(readFileSync(join(folder, name), "utf8"), everything()),
    ).resolves.toBeUndefined();
  },
);

const opening = `
-> {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
     "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "a", "version": "1"}}}
<- {"jsonrpc": "2.0", "id": 1, "result": "<opened>"}
`;

describe("replay notices", () => {
  test("another answer, and says on which line", async () => {
    const text = `${opening}
-> {"jsonrpc": "2.0", "id": 2, "method": "ping"}
<- {"jsonrpc": "2.0", "id": 2, "result": {"pong": true}}
`;
    await expect(replay(text, everything())).rejects.toThrow(
      'Line 7: the server said {"jsonrpc":"2.0","id":2,"result":{}} in place of',
    );
  });

  test("an answer too many", async () => {
    const text = `${opening}
-> {"jsonrpc": "2.0", "id": 2, "method": "ping"}
-> {"jsonrpc": "2.0", "id": 3, "method": "ping"}
<- {"jsonrpc": "2.0", "id": 2, "result": {}}
`;
    await expect(replay(text, everything())).rejects.toThrow(
      "After the transcript the server said",
    );
  });

  test("a placeholder that stands for two things", async () => {
    const text = `${opening}
-> {"jsonrpc": "2.0", "id": 2, "method": "ping"}
<- {"jsonrpc": "2.0", "id": "<id>", "result": {}}
-> {"jsonrpc": "2.0", "id": 3, "method": "ping"}
<- {"jsonrpc": "2.0", "id": "<id>", "result": {}}
`;
    await expect(replay(text, everything())).rejects.toThrow("Line 9");
  });

  test("a message that is not JSON", async () => {
    await expect(replay("prose\n-> {oops}\n", everything())).rejects.toThrow("Line 2");
  });
});
