import { spawnSync } from "node:child_process";

/** A program that builds and runs images. */
export interface Engine {
  readonly name: "docker" | "podman";
  /** The command that builds, up to its options. */
  readonly build: readonly [string, ...string[]];
  /** The command that builds for all machines and pushes; not every engine has one. */
  readonly push?: readonly [string, ...string[]];
  /** The command that runs, up to its subcommand. */
  readonly run: string;
}

const DOCKER_PUSH = [
  ...["docker", "buildx", "build", "--push", "--platform=linux/amd64,linux/arm64"],
  ...["--provenance=mode=max", "--sbom=true"],
] as const satisfies readonly string[];

/** Images in Docker's format: that of OCI has no health checks. */
const ENGINES: readonly Engine[] = [
  { name: "docker", build: ["docker", "build"], push: DOCKER_PUSH, run: "docker" },
  { name: "podman", build: ["buildah", "bud", "--format", "docker"], run: "podman" },
];

/** The engine of this machine: Docker, or else Podman with Buildah. Nothing where there is none that works. */
export function findEngine(): Engine | undefined {
  return ENGINES.find(({ build, run }) => [build[0], run].every(works));
}

function works(command: string): boolean {
  // Where only its client is installed, `docker version` says what it found of the server by its exit code.
  return spawnSync(command, ["version"], { stdio: "ignore" }).status === 0;
}
