import { readFile } from 'node:fs/promises';
import { UserError } from '../../contract/user-error.ts';
import { askUsualCodes } from '../run/ask.ts';
import { draftRun } from '../run/draft.ts';
import { k6Version } from '../run/k6-version.ts';
import type { LoadOrder } from '../load.ts';
import { rateText } from '../run/measure.ts';
import { openProduct } from '../run/product.ts';
import { curveOf } from '../profiles.ts';
import type { SessionWithoutK6 } from '../session.ts';
import type { LoadRun } from '../run/share.ts';
import { secondsLeft } from '../token-life.ts';
import type { ClusterRun, Manifests } from './manifests.ts';
import { manifestsOf } from './manifests.ts';
import { scriptTree } from './script-tree.ts';

/** How a run is spread over a cluster. */
export type ClusterOrder = LoadOrder & {
  readonly parallelism: number;
  readonly namespace?: string;
  /** Image of the runners where it is not k6's own. */
  readonly image?: string;
};

/** A run that a cluster can be given. */
export type ClusterDraft = {
  readonly cluster: Omit<ClusterRun, 'plan' | 'scripts'>;
  readonly run: LoadRun;
  readonly manifests: Manifests;
  /** Until when the token lives; undefined where it does not say. */
  readonly tokenUntil: Date | undefined;
};

/** The image that k6 itself is published in, at the version that the scripts are made for. */
const k6Image = `grafana/k6:${k6Version}`;
const windowsAtMost = 60;

/**
 * Sets up the product of a run and drafts the run for a cluster. The product stays set up: it is needed when the run starts.
 * @param keep writes the draft; where it throws, the product is undone.
 * @throws UserError (exit code 3) where there is no product for load, the target does not answer, or the token will not last.
 */
export async function draftForCluster(
  session: SessionWithoutK6,
  order: ClusterOrder,
  keep: (draft: ClusterDraft) => Promise<void>,
): Promise<ClusterDraft> {
  const product = await openProduct(session.target, order.mix, session.signal);
  try {
    const usual = await askUsualCodes(session, product);
    if (session.signal.aborted) throw new UserError('interrupted; nothing was written', 3);
    const { profile, mix: _, parallelism, namespace, image = k6Image, objectives } = order;
    const { network = {} } = session;
    const curve = curveOf(profile);
    const drafted = draftRun(
      {
        ...session,
        processes: parallelism,
        k6: { version: image === k6Image ? k6Version : 'of the image', from: image },
      },
      product,
      {
        profile: profile.name,
        phase: `${profile.name} at ${rateText({ curve })}`,
        curve,
        mix: product.mix,
        usual,
        objectives,
        noiseFloor: null,
        notes: [...product.notes, ...clusterNotes],
        windowSeconds: Math.max(1, profile.seconds / windowsAtMost),
        lane: 'vu',
      },
      session.target.url,
    );
    // What the pods have for cores is not known here.
    const run: LoadRun = { ...drafted.run, cores: null };
    const tokenUntil = expiryOf(product.fixture.token);
    refuseShortToken(tokenUntil, run.seconds);
    const cluster = {
      name: `bindgate-${profile.name}-${run.id.toLowerCase()}`,
      ...(namespace === undefined ? {} : { namespace }),
      image,
      parallelism,
      outputs: session.outputs ?? [],
      ...(network.caFile === undefined ? {} : { ca: await readFile(network.caFile, 'utf8') }),
      ...(network.proxy === undefined ? {} : { proxy: network.proxy }),
    };
    const plan = { ...drafted.plan, shareFile: null, header: run };
    const manifests = manifestsOf({ ...cluster, plan, scripts: await scriptTree() });
    const draft = { cluster, run, manifests, tokenUntil };
    await keep(draft);
    return draft;
  } catch (error) {
    await product[Symbol.asyncDispose]();
    throw error;
  }
}

const clusterNotes: readonly string[] = [
  'signed in the VU: rows that are signed before a run do not fit a ConfigMap',
  "run in a cluster: the generator's CPU and its noise floor were not measured",
];

/** When a token says that it ends; undefined for one that does not say, or names no day. */
function expiryOf(token: string): Date | undefined {
  const sinceEpoch = secondsLeft(token, 0);
  const until = new Date((sinceEpoch ?? Number.NaN) * 1_000);
  return Number.isNaN(until.getTime()) ? undefined : until;
}

function refuseShortToken(until: Date | undefined, seconds: number): void {
  if (until === undefined || until.getTime() > Date.now() + seconds * 1_000) return;
  throw new UserError(
    `the token of the load state lives until ${until.toISOString()}, and a run of ${seconds} s that starts now would outlive it; give it a longer life, or the run a shorter --duration`,
    3,
  );
}
