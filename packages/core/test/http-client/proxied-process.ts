import { connect, httpClient } from "../../src/index.ts";

const [url = ""] = process.argv.slice(2);
const client = await connect(httpClient(url), {
  clientInfo: { name: "proxied", version: "1.0.0" },
});
console.log((await client.listTools()).map(({ name }) => name).join());
await client.close();
