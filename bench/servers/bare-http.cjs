// The least that answers: parses the body, checks nothing, echoes the text or keeps a stream open. It sends each answer as
// soon as it has it, so a server that sends several at once can come near it with more to do.
const { createServer } = require("node:http");

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const { id, method, params } = JSON.parse(Buffer.concat(chunks).toString());
    if (method === "subscriptions/listen") {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write('data: {"method":"notifications/subscriptions/acknowledged"}\n\n');
      return;
    }
    const content = [{ type: "text", text: params?.arguments?.text ?? "" }];
    const body = JSON.stringify({ jsonrpc: "2.0", id, result: { content } });
    response.writeHead(200, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    });
    response.end(body);
  });
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
