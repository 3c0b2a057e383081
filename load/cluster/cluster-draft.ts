import { readFile } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../contract/user-error.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import { plural } from '../../spec/plural.ts';
import { type LoadOrder, toSending } from '../load.ts';
import { draftPlan } from '../run/draft-plan.ts';
import { k6Version } from '../run/k6-binary.ts';
import { openProduct, readToken, type Site, secondsLeft } from '../run/product.ts';
import type { LoadRun } from '../run/share.ts';
import { type ClusterRun, type Manifests, makeManifests } from './manifests.ts';

/** How a run is spread over the pods of a cluster. */
export type ClusterOrder = LoadOrder & {
  readonly parallelism: number;
  /** Further outputs of k6 (`--out`). */
  readonly outputs: readonly string[];
  readonly namespace?: string;
  /** Image of the runners; k6's own image by default. */
  readonly image?: string;
};

/** A run that is ready for a cluster. */
export type ClusterDraft = {
  readonly cluster: ClusterRun;
  readonly run: LoadRun;
  readonly manifests: Manifests;
  /** When the token expires; undefined if it does not say. */
  readonly tokenUntil: Date | undefined;
};

/** The published k6 image, in the version that the scripts are made for. */
const k6Image = `grafana/k6:${k6Version}`;

/**
 * Sets up the product of a run and writes the run's manifests. The product stays set up, because the run needs it later.
 * @param keep writes the draft; if it throws, the product is torn down.
 * @throws UserError (exit code 3) if there is no product for load, the target does not answer, or the token expires too early.
 */
export async function draftForCluster(
  site: Site,
  order: ClusterOrder,
  signal: AbortSignal,
  keep: (draft: ClusterDraft) => Promise<void>,
): Promise<ClusterDraft> {
  await using opened = new AsyncDisposableStack();
  const product = opened.use(await openProduct(site, order.mix, signal));
  if (signal.aborted) throw new UserError('interrupted; nothing was written', 3);
  const { profile, parallelism, namespace, image = k6Image, outputs } = order;
  const { caFile, proxy } = site.network;
  const k6 = { version: image === k6Image ? k6Version : 'of the image', from: image };
  const sending = { ...toSending(order), notes: clusterNotes, lane: 'vu' as const };
  const drafted = draftPlan(product, { k6, processes: parallelism, outputs }, sending);
  // The number of cores of the pods is not known here.
  const run: LoadRun = { ...drafted.run, cores: null };
  const tokenUntil = readExpiry(readToken(product));
  refuseShortToken(tokenUntil, run.seconds);
  const name = `bindgate-${profile.name}-${run.id.toLowerCase()}`;
  const ca = caFile === undefined ? undefined : await readFile(caFile, 'utf8');
  const cluster = definedOnly({ name, namespace, image, parallelism, outputs, ca, proxy });
  const plan = { ...drafted.k6, rowsFile: null, shareFile: null, header: run };
  const manifests = makeManifests(cluster, plan, await scriptTree(site.operation.script));
  const draft = { cluster, run, manifests, tokenUntil };
  await keep(draft);
  opened.move();
  return draft;
}

const clusterNotes: readonly string[] = [
  'signed in the VU, because rows that are signed before a run do not fit into a ConfigMap',
  "run in a cluster: the generator's CPU and its noise floor were not measured",
];

/** When a token expires; undefined if it does not say, or gives no valid date. */
function readExpiry(token: string): Date | undefined {
  const sinceEpoch = secondsLeft(token, 0);
  const until = new Date((sinceEpoch ?? Number.NaN) * 1_000);
  return Number.isNaN(until.getTime()) ? undefined : until;
}

function refuseShortToken(until: Date | undefined, seconds: number): void {
  if (until === undefined || until.getTime() > Date.now() + seconds * 1_000) return;
  throw new UserError(
    `the token of the load state expires at ${until.toISOString()}, before a run of ${seconds} s that starts now ends; use a token that lives longer, or a shorter --duration`,
    3,
  );
}

/** The file of an import or re-export that exists at run time: k6 removes type imports. */
const runtimeImport = /^(?:import|export)\s+(?!type\s)[^;]*?\sfrom\s+'(\.[^']+)'/gm;

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The text of a k6 script and of all its imports, by path below their common root; the script comes first. */
async function scriptTree(script: string): Promise<ReadonlyMap<string, string>> {
  const tree = new Map<string, string>();
  const take = async (path: string): Promise<void> => {
    if (tree.has(path)) return;
    const text = await readFile(join(root, path), 'utf8');
    tree.set(path, text);
    for (const [, imported = ''] of text.matchAll(runtimeImport)) {
      await take(posix.join(posix.dirname(path), imported));
    }
  };
  await take(relative(root, script).replaceAll(sep, '/'));
  return tree;
}

/** Pulling images, the operator's initializer and its starter. */
const patienceSeconds = 600;

/** How to start a drafted run: the `README.md` next to its manifests. */
export function clusterGuide({ cluster, run, tokenUntil }: ClusterDraft): string {
  const { name, namespace, parallelism, ca, proxy } = cluster;
  const network = [
    ...(ca === undefined
      ? []
      : [
          '- The pods trust the certificate authority of the key `ca`, in addition to those of the image. It is in `secret.yaml`.',
        ]),
    ...(proxy === undefined ? [] : [`- The pods send their requests through the proxy ${proxy} (key \`proxy\`).`]),
  ].map((line) => `${line}\n`);
  const kubectl = namespace === undefined ? 'kubectl' : `kubectl -n ${namespace}`;
  const logs = Array.from({ length: parallelism }, (_, index) => `share-${index + 1}.log`);
  return `# ${name}

Load profile ${run.profile}: ${run.planned} requests in ${run.seconds} s to ${run.target.url}, from ${plural(parallelism, 'pod')}.
k6-operator (1.6 or newer) must run in the cluster, and the pods must reach that URL.

\`\`\`sh
${kubectl} apply -f scripts.yaml -f secret.yaml -f testrun.yaml
${kubectl} wait testrun/${name} --for=jsonpath='{.status.stage}'=finished --timeout=${Math.ceil(run.seconds) + patienceSeconds}s
${logs.map((log, index) => `${kubectl} logs job/${name}-${index + 1} -c k6 > ${log}`).join('\n')}
bindgate load merge ${logs.join(' ')}
${kubectl} delete -f testrun.yaml -f secret.yaml -f scripts.yaml
\`\`\`

- \`finished\` does not mean passed: \`load merge\` judges all pods together. Its exit code is the result of the run.
- ${
    tokenUntil === undefined
      ? 'The token does not say when it expires; run this before it does.'
      : `The token expires at ${tokenUntil.toISOString()}: start this by ${new Date(tokenUntil.getTime() - run.seconds * 1_000).toISOString()}.`
  }
- Each device binds once, so these files are good for one run. Write new files for the next run.
- The product of the load state was set up when these files were written. bindgate does not tear it down.
- \`secret.yaml\` holds the product's secrets and tokens. Never commit it, and delete this folder after the run.
${network.join('')}`;
}
