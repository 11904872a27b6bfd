import { expiryOf, type TaskRecord } from "./record.ts";
import type { TaskStore } from "./store.ts";

/** Sends one command to Redis or Valkey; `(args) => client.sendCommand(args)`, or `client.call(...args)`. */
export type SendRedisCommand = (args: string[]) => Promise<unknown>;

/** How tasks are kept in Redis. */
export interface RedisTaskStoreOptions {
  /** Starts every key. Default `portico:`. */
  readonly prefix?: string;
  /** The clock, in milliseconds since the epoch. */
  readonly now?: () => number;
}

// A task is a hash of its version and text that expires by itself. What an owner has is known from a sorted set
// of ids by expiry and a hash of sizes, which last as long as the last of the tasks in them.
const KEEP = `
  local function keep()
    redis.call("HSET", KEYS[1], "version", ARGV[2], "record", ARGV[3])
    redis.call("ZADD", KEYS[2], ARGV[4], ARGV[1])
    redis.call("HSET", KEYS[3], ARGV[1], string.len(ARGV[3]))
    local first = redis.call("ZCARD", KEYS[2]) == 1
    for i = 1, 3 do
      if ARGV[4] == "+inf" then redis.call("PERSIST", KEYS[i])
      elseif i == 1 or first then redis.call("PEXPIREAT", KEYS[i], ARGV[4])
      else redis.call("PEXPIREAT", KEYS[i], ARGV[4], "GT") end
    end
    return 1
  end`;
const CREATE = `${KEEP} return keep()`;
const REPLACE = `${KEEP}
  if redis.call("HGET", KEYS[1], "version") ~= ARGV[5] then return 0 end
  return keep()`;
const USAGE = `
  for _, id in ipairs(redis.call("ZRANGEBYSCORE", KEYS[1], "-inf", ARGV[1])) do
    redis.call("ZREM", KEYS[1], id)
    redis.call("HDEL", KEYS[2], id)
  end
  local characters = 0
  local sizes = redis.call("HVALS", KEYS[2])
  for _, size in ipairs(sizes) do characters = characters + tonumber(size) end
  return { #sizes, characters }`;

/**
 * Keeps tasks in Redis or Valkey, for servers on many machines. Its scripts touch several keys, so one node must
 * hold them all: a cluster needs a prefix with a hash tag, such as `{portico}:`.
 * @param send the only thing needed of a client, so that any library will do
 */
export function redisTaskStore(
  send: SendRedisCommand,
  { prefix = "portico:", now = Date.now }: RedisTaskStoreOptions = {},
): TaskStore {
  const taskKey = (id: string) => `${prefix}task:${id}`;
  const keysOf = ({ id, owner }: TaskRecord) => [taskKey(id), ...ownerKeys(prefix, owner)];
  const evaluate = (script: string, keys: string[], args: string[]) =>
    send(["EVAL", script, String(keys.length), ...keys, ...args]);
  const write = (script: string, record: TaskRecord) => {
    const { id, version } = record;
    const expiry = expiryOf(record);
    const until = Number.isFinite(expiry) ? String(Math.ceil(expiry)) : "+inf";
    const text = JSON.stringify(record);
    return evaluate(script, keysOf(record), [id, `${version}`, text, until, `${version - 1}`]);
  };
  return {
    shared: true,
    async create(record) {
      await write(CREATE, record);
    },
    async get(id) {
      const text = await send(["HGET", taskKey(id), "record"]);
      if (text === null || text === undefined) return undefined;
      const record = JSON.parse(String(text)) as TaskRecord;
      return expiryOf(record) > now() ? record : undefined;
    },
    async replace(record) {
      if (expiryOf(record) <= now()) return false;
      return Number(await write(REPLACE, record)) === 1;
    },
    async usage(owner) {
      const counted = await evaluate(USAGE, ownerKeys(prefix, owner), [String(now())]);
      const [tasks, characters] = counted as [number, number];
      return { tasks: Number(tasks), characters: Number(characters) };
    },
  };
}

/** Those who did not authenticate are kept apart from a principal of any name. */
function ownerKeys(prefix: string, owner: string | null): string[] {
  const who = owner === null ? "nobody" : `owner:${owner}`;
  return [`${prefix}tasks:${who}`, `${prefix}sizes:${who}`];
}
