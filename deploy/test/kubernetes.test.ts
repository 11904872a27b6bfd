import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { ServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import { Deployment, type IDeployment } from "kubernetes-models/apps/v1/Deployment";
import { HorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { PersistentVolumeClaim } from "kubernetes-models/v1/PersistentVolumeClaim";
import { Service } from "kubernetes-models/v1/Service";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { SERVERS } from "../containers/servers.ts";
import { startAndStop } from "./programs.ts";

/** Every kind that is used, with its official schema. */
const KINDS = {
  Deployment,
  HorizontalPodAutoscaler,
  NetworkPolicy,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  Service,
  ServiceMonitor,
};

/** What every overlay has from the base. */
const BASE = [
  ...["Deployment", "Service", "HorizontalPodAutoscaler"],
  ...["PodDisruptionBudget", "NetworkPolicy", "ServiceMonitor"],
];

interface Resource {
  readonly kind: keyof typeof KINDS;
  readonly metadata: { readonly name: string };
}

function resourcesOf(name: string): readonly Resource[] {
  const overlay = join(import.meta.dirname, "../kubernetes/overlays", name);
  const text = execFileSync("kubectl", ["kustomize", overlay], { encoding: "utf8" });
  return parseAllDocuments(text).map((document) => document.toJSON());
}

// kubectl builds the overlays without a cluster. Not every machine has it; CI's has.
const hasKubectl = spawnSync("kubectl", ["version", "--client"]).status === 0;

describe.skipIf(!hasKubectl).each(SERVERS.map(({ name }) => name))("the overlay %s", (name) => {
  test("holds to the schemas of Kubernetes", () => {
    const resources = resourcesOf(name);
    expect(resources.map(({ kind }) => kind)).toEqual(expect.arrayContaining(BASE));
    for (const resource of resources) {
      const model = new KINDS[resource.kind](resource as never);
      expect(() => model.validate(), `${resource.kind} ${resource.metadata.name}`).not.toThrow();
    }
  });

  test("starts the server as it is told there, finds it well, and ends it when asked to", async () => {
    const [container] = deploymentOf(name).spec?.template.spec?.containers ?? [];
    const given = container?.env?.map((one) => [one.name, one.value ?? SECRET[one.name]]) ?? [];
    const env = { ...Object.fromEntries(given), PORTICO_HOST: "0.0.0.0" };
    const { startupProbe, livenessProbe, readinessProbe } = container ?? {};
    const probes = [startupProbe, livenessProbe, readinessProbe].map((one) => one!.httpGet!.path!);
    const ran = await startAndStop({ server: name, args: container?.args ?? [], env, probes });
    expect(ran).toEqual({ answers: [200, 200, 200], exitCode: 0 });
  });

  test("runs as nobody in particular and writes nowhere", () => {
    const pod = deploymentOf(name).spec?.template.spec;
    expect(pod?.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10001 });
    expect(pod?.containers[0]?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
  });
});

function deploymentOf(name: string): IDeployment {
  const found = resourcesOf(name).find(({ kind }) => kind === "Deployment");
  return found as unknown as IDeployment;
}

/** What a cluster keeps secret; nothing is reached with it before the first call. */
const SECRET: Readonly<Record<string, string>> = {
  DATABASE_URL: "postgres://portico@127.0.0.1:1/portico",
  MEMORY_DATABASE_URL: "postgres://portico@127.0.0.1:1/portico",
  BRAVE_API_KEY: "none",
  GITHUB_PERSONAL_ACCESS_TOKEN: "none",
};
