import { readFile } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../contract/user-error.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import type { LoadOrder } from '../load.ts';
import { toSending } from '../load.ts';
import { draftPlan } from '../run/draft-plan.ts';
import { k6Version } from '../run/k6-binary.ts';
import type { Site } from '../run/product.ts';
import { openProduct, readToken, secondsLeft } from '../run/product.ts';
import type { LoadRun } from '../run/share.ts';
import type { ClusterRun, Manifests } from './manifests.ts';
import { makeManifests } from './manifests.ts';

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
