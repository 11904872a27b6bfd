import { FakeRepository, type RepositoryFacts } from "./repository.ts";
import type { World } from "./world.ts";

/** A gist as the fake keeps it. */
export interface FakeGist {
  readonly id: string;
  readonly owner: string;
  readonly public: boolean;
  description: string;
  readonly files: Map<string, string>;
}

/** The repositories and gists of a fake, with what belongs to them. */
export class Hub {
  readonly repositories: FakeRepository[] = [];
  readonly gists = new Map<string, FakeGist>();
}

/** Puts a repository into a fake. */
export function addRepository(world: World, facts: RepositoryFacts): FakeRepository {
  const { repositories } = world.of(Hub);
  const repository = new FakeRepository(1_000 + repositories.length, facts);
  repositories.push(repository);
  return world.add(repository);
}

/** Takes one away for good. */
export function removeRepository(world: World, repository: FakeRepository): void {
  const { repositories } = world.of(Hub);
  repositories.splice(repositories.indexOf(repository), 1);
  world.places.delete(repository.fullName.toLowerCase());
}
