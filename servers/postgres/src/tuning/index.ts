/** All that looks into a database's books, in one piece: tools load it when they are first called. */
export { describeBloat } from "./bloat/describe.ts";
export { survey } from "./bloat/survey.ts";
export { describeHealth, ranked } from "./health/describe.ts";
export { checkHealth } from "./health/health.ts";
export { inspect, limitStatements } from "./inspection.ts";
export { describeLocks } from "./locks/describe.ts";
export { lockSessions } from "./locks/waits.ts";
export { describeTop } from "./statements/describe.ts";
export { NoStatistics } from "./statements/statistics.ts";
export { topStatements } from "./statements/top.ts";
