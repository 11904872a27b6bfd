// Where a module is a server: Bun, Deno (`deno serve`) and workers call `fetch` of the default export.
import { httpHandler } from "@portico/core";
import { calculator } from "./calculator.ts";

export default httpHandler(calculator, { allowedHosts: ["mcp.example.com"] });
