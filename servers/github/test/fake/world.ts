/** Who a token belongs to. */
export interface FakeUser {
  readonly login: string;
  /** Of a classic token; a token of another kind has none. */
  readonly scopes?: string;
}

/** What of a repository decides who sees it. */
export interface FakePlace {
  readonly owner: string;
  readonly name: string;
  readonly private: boolean;
  /** Roles by login. */
  readonly collaborators: ReadonlyMap<string, string>;
}

/** What GitHub holds. Each toolset's fake keeps its own things in {@link World.of}. */
export class World {
  /** By token. */
  readonly users = new Map<string, FakeUser>();
  /** By `owner/name` in lower case. */
  readonly places = new Map<string, FakePlace>();
  readonly #kept = new Map<unknown, unknown>();

  /** What is kept under `key`, made when it is first asked for. */
  of<T>(key: new () => T): T {
    if (!this.#kept.has(key)) this.#kept.set(key, new key());
    return this.#kept.get(key) as T;
  }

  add<P extends FakePlace>(place: P): P {
    this.places.set(`${place.owner}/${place.name}`.toLowerCase(), place);
    return place;
  }

  /** The repository, where `user` may see it. */
  seenBy<P extends FakePlace = FakePlace>(user: FakeUser, owner = "", name = ""): P | undefined {
    const place = this.places.get(`${owner}/${name}`.toLowerCase());
    if (!place?.private) return place as P | undefined;
    return place.collaborators.has(user.login) || place.owner === user.login
      ? (place as P)
      : undefined;
  }
}
