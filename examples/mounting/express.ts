// In Express. A body that express.json() has parsed already is taken as it is.
import type { AddressInfo } from "node:net";
import { nodeHandler } from "@portico/core/node";
import express from "express";
import { calculator } from "./calculator.ts";

const app = express();
app.use(express.json());
app.get("/", (_, response) => void response.send("The rest of the application."));
app.all("/mcp", nodeHandler(calculator));

const server = app.listen(0, "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
});
