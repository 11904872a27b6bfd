import { fetch } from "./served.ts";

export default { fetch };
