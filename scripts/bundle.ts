// Bundles the server package in the current directory; the last step of its `build` script.
import { bundleServer } from "./bundle/server.ts";

await bundleServer(process.cwd());
