import { httpHandler } from "@portico/core";
import { everything } from "../../../fixtures/everything/server.ts";

const { fetch } = httpHandler(everything());

export default { fetch };
