import { httpHandler } from "@portico/core";
import { everything } from "../../../fixtures/everything/server.ts";

// workerd notices that a client is gone only when it writes to it: at the latest with the next sign of life.
const { fetch } = httpHandler(everything(), { limits: { keepAliveMs: 500 } });

export default { fetch };
