import { definedOnly } from '../../spec/defined-only.ts';
import { k6Environment } from '../run/k6-environment.ts';
import type { LoadPlan } from '../run/plan.ts';

/** How a run is spread over a cluster. */
export type ClusterRun = {
  /** Name of all objects: a DNS label. */
  readonly name: string;
  /** Where the objects are created; kubectl's current namespace if absent. */
  readonly namespace?: string;
  /** Image of the runners, pinned. */
  readonly image: string;
  /** How many pods share the run. */
  readonly parallelism: number;
  /** Further outputs of k6 (`--out`). */
  readonly outputs: readonly string[];
  /** A certificate authority (PEM) that the pods trust, and their proxy. */
  readonly ca?: string;
  readonly proxy?: string;
};

/** Kubernetes objects, in the order to apply them. */
export type Manifests = { readonly scripts: Manifest; readonly secret: Manifest; readonly testRun: TestRun };

/** Any Kubernetes object. */
export type Manifest = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
};

/** The TestRun of k6-operator: the fields that are used here. */
export type TestRun = Manifest & {
  readonly spec: {
    readonly parallelism: number;
    readonly quiet: 'true';
    readonly paused: 'true';
    readonly args: readonly string[];
    readonly script: { readonly localFile: string };
    readonly runner: {
      readonly image: string;
      readonly automountServiceAccountToken: 'false';
      readonly env: readonly { readonly name: string; readonly value: string }[];
      readonly volumes: readonly {
        readonly name: string;
        readonly configMap?: {
          readonly name: string;
          readonly items: readonly { readonly key: string; readonly path: string }[];
        };
        readonly secret?: { readonly secretName: string };
        readonly emptyDir?: object;
      }[];
      readonly volumeMounts: readonly {
        readonly name: string;
        readonly mountPath: string;
        readonly readOnly?: boolean;
      }[];
    };
  };
};

const scriptsFolder = '/bindgate/scripts';
const planFolder = '/bindgate/plan';
const planKey = 'plan.json';
const caKey = 'ca.pem';

/**
 * The objects that k6-operator needs for a run: scripts in a ConfigMap, the plan and its secrets in a Secret, and the TestRun.
 * Pure. Source: the CustomResourceDefinition of k6-operator 1.6, `testruns.k6.io/v1alpha1`.
 */
export function makeManifests(
  run: ClusterRun,
  plan: LoadPlan,
  /** k6's scripts by path; the one to run comes first. */
  scripts: ReadonlyMap<string, string>,
): Manifests {
  const { name, namespace, ca } = run;
  const metadata = definedOnly({ name, namespace, labels: { 'app.kubernetes.io/managed-by': 'bindgate' } });
  return {
    scripts: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: Object.fromEntries([...scripts].map(([path, text]) => [configMapKey(path), text])),
    },
    secret: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata,
      type: 'Opaque',
      data: { [planKey]: base64(JSON.stringify(plan)), ...(ca === undefined ? {} : { [caKey]: base64(ca) }) },
    },
    testRun: { apiVersion: 'k6.io/v1alpha1', kind: 'TestRun', metadata, spec: makeSpec(run, [...scripts.keys()]) },
  };
}

function makeSpec(
  { name, image, parallelism, outputs, ca, proxy }: ClusterRun,
  scripts: readonly string[],
): TestRun['spec'] {
  const environment = {
    BINDGATE_PLAN: `${planFolder}/${planKey}`,
    ...k6Environment(definedOnly({ caFile: ca === undefined ? undefined : `${planFolder}/${caKey}`, proxy })),
  };
  return {
    parallelism,
    quiet: 'true',
    // The operator starts all runners together.
    paused: 'true',
    // A runner sees only its own share, so its thresholds would mean nothing.
    args: ['--no-thresholds', '--no-color', ...outputs.flatMap((output) => ['--out', output])],
    // A script from a ConfigMap is mounted flat, which breaks relative imports.
    script: { localFile: `${scriptsFolder}/${scripts[0]}` },
    runner: {
      image,
      automountServiceAccountToken: 'false',
      env: Object.entries(environment).map(([variable, value]) => ({ name: variable, value })),
      volumes: [
        { name: 'scripts', configMap: { name, items: scripts.map((path) => ({ key: configMapKey(path), path })) } },
        { name: 'plan', secret: { secretName: name } },
        // The operator's initializer archives all that it has read, also the plan: so /tmp must be in memory.
        { name: 'tmp', emptyDir: { medium: 'Memory' } },
      ],
      volumeMounts: [
        { name: 'scripts', mountPath: scriptsFolder, readOnly: true },
        { name: 'plan', mountPath: planFolder, readOnly: true },
        { name: 'tmp', mountPath: '/tmp' },
      ],
    },
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** A key must not contain a slash. */
function configMapKey(path: string): string {
  return path.replaceAll('/', '--');
}
