import { definedOnly } from '../../spec/defined-only.ts';
import type { Network } from '../run/k6-environment.ts';
import { networkEnvironment, quietEnvironment } from '../run/k6-environment.ts';
import type { LoadPlan } from '../run/plan.ts';

/** What the manifests of a run are made from. */
export type ClusterRun = {
  /** Name of everything that is made: a DNS label. */
  readonly name: string;
  /** Where it is made; wherever kubectl stands, where it is absent. */
  readonly namespace?: string;
  /** Image of the runners, pinned. */
  readonly image: string;
  /** Pods that share the run. */
  readonly parallelism: number;
  readonly plan: LoadPlan;
  /** k6's scripts by path, the one that runs first. */
  readonly scripts: ReadonlyMap<string, string>;
  /** Outputs of k6's own. */
  readonly outputs: readonly string[];
  /** A certificate authority (PEM) to trust, and a proxy for the pods. */
  readonly ca?: string;
  readonly proxy?: string;
};

/** Kubernetes objects, in the order in which they are applied. */
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

/** k6-operator's own kind, as far as it is used. */
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
      readonly volumes: readonly Volume[];
      readonly volumeMounts: readonly {
        readonly name: string;
        readonly mountPath: string;
        readonly readOnly?: boolean;
      }[];
    };
  };
};

/** A volume of a pod, and what stands in it. */
export type Volume = { readonly name: string } & (
  | {
      readonly configMap: {
        readonly name: string;
        readonly items: readonly { readonly key: string; readonly path: string }[];
      };
    }
  | { readonly secret: { readonly secretName: string } }
  | { readonly emptyDir: { readonly medium: 'Memory' } }
);

const scriptsFolder = '/bindgate/scripts';
const planFolder = '/bindgate/plan';
const planKey = 'plan.json';
const caKey = 'ca.pem';

/**
 * What k6-operator needs for a run: the scripts in a ConfigMap, the plan with its secrets in a Secret, and the TestRun.
 * Pure. Source: the CustomResourceDefinition of k6-operator 1.6, `testruns.k6.io/v1alpha1`.
 */
export function makeManifests(run: ClusterRun): Manifests {
  const { name, namespace, plan, scripts, ca } = run;
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
    testRun: { apiVersion: 'k6.io/v1alpha1', kind: 'TestRun', metadata, spec: makeSpec(run) },
  };
}

function makeSpec({ name, image, parallelism, scripts, outputs, ca, proxy }: ClusterRun): TestRun['spec'] {
  const network: Network = definedOnly({ caFile: ca === undefined ? undefined : `${planFolder}/${caKey}`, proxy });
  return {
    parallelism,
    quiet: 'true',
    // The operator lets all runners start together.
    paused: 'true',
    // A runner sees its own share alone, so that its thresholds would judge nothing.
    args: ['--no-thresholds', '--no-color', ...outputs.flatMap((output) => ['--out', output])],
    // A ConfigMap as the script's place is mounted flat, and relative imports would lead nowhere.
    script: { localFile: `${scriptsFolder}/${scripts.keys().next().value}` },
    runner: {
      image,
      automountServiceAccountToken: 'false',
      env: [
        { name: 'BINDGATE_PLAN', value: `${planFolder}/${planKey}` },
        ...Object.entries({ ...quietEnvironment(), ...networkEnvironment(network) }).map(([variable, value]) => ({
          name: variable,
          value,
        })),
      ],
      volumes: [
        {
          name: 'scripts',
          configMap: { name, items: [...scripts.keys()].map((path) => ({ key: configMapKey(path), path })) },
        },
        { name: 'plan', secret: { secretName: name } },
        // The operator's initializer is made like a runner and packs all it has read, the plan too: into memory, then.
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

/** A key holds no slash. */
function configMapKey(path: string): string {
  return path.replaceAll('/', '--');
}
