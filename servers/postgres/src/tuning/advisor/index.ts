export { advise } from "./advise.ts";
export { definition } from "./candidates.ts";
export { describeAdvice } from "./describe.ts";
