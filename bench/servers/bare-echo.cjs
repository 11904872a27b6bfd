// What no server over Node's own streams can beat: lines in, JSON.parse, JSON.stringify, one write a chunk. It checks
// nothing, knows one method and is there only to show how much of a row is Node itself.
let rest = "";

process.stdin.on("data", (chunk) => {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop();
  const answers = lines.map(answer).filter((line) => line !== "");
  if (answers.length > 0) process.stdout.write(answers.join(""));
});

function answer(line) {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return "";
  const result =
    method === "initialize"
      ? {
          protocolVersion: "2025-11-25",
          capabilities: {},
          serverInfo: { name: "bare", version: "1" },
        }
      : { content: [{ type: "text", text: params.arguments.text }] };
  return `${JSON.stringify({ jsonrpc: "2.0", id, result })}\n`;
}
