/** A Redis that tests may write to. scripts/ci/with-redis starts one; without it what needs one is skipped. */
export const redisUrl = process.env.PORTICO_TEST_REDIS_URL;

// The reporter names neither what is skipped nor why.
if (redisUrl === undefined) {
  console.warn("What needs Redis is skipped: PORTICO_TEST_REDIS_URL names none.");
}
