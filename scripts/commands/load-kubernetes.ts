import { join } from 'node:path';
import { stringify } from 'yaml';
import { inert } from '../../contract/inert.ts';
import { isLoopback, refuseForeignHost } from '../../contract/targets/allow-hosts.ts';
import { readBaseUrl } from '../../contract/targets/read-url.ts';
import { UserError } from '../../contract/user-error.ts';
import { type ClusterDraft, clusterGuide, draftForCluster } from '../../load/cluster/cluster-draft.ts';
import { type Profile, peakRate, readProfile, toCurve } from '../../load/profiles.ts';
import { reasonsThatHold } from '../../load/results.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import { plural } from '../../spec/plural.ts';
import { loadConfig } from '../config/config.ts';
import type { CommandContext } from '../config/flags.ts';
import { namedTarget, openTarget } from '../config/open-target.ts';
import { type LoadFlags, openSite, toLoadOrder } from '../load.ts';
import { prepareFolder, privateMode, writeWhole } from '../reports/files.ts';
import { processTerminal } from '../terminal.ts';
import { readLoadSettings } from './load.ts';

/** `bindgate load <profile> --kubernetes`: writes the manifests of a run for k6-operator. Returns the exit code. */
export async function loadKubernetesCommand(
  name: string,
  flags: LoadFlags,
  { signal, chosen }: CommandContext,
): Promise<number> {
  const profile = readProfile(name, flags);
  refuseFlags(profile, flags);
  const { parallelism = 1, namespace, runnerImage: image, k6Out: outputs = [] } = flags;
  const terminal = processTerminal();
  const loaded = await loadConfig(flags);
  const { config } = loaded;
  const named = namedTarget(flags, loaded);
  if (named?.kind !== 'url') {
    throw new UserError('--kubernetes needs --url, because pods cannot reach a server that this command starts', 2);
  }
  const url = readBaseUrl(named.url);
  refuseForeignHost(url.href, config.allowHosts ?? [], 'load');
  refuseFirst([
    [
      isLoopback(url.hostname),
      `${url.hostname} is the loopback of each pod inside a cluster; give the URL by which pods reach the server, and add its host to allowHosts`,
    ],
    [
      config.cert !== undefined,
      '"cert" and "key" cannot be used with --kubernetes: k6-operator would log the options of k6, including the private key; use --processes, or let the cluster send the certificate',
    ],
  ]);
  const settings = await readLoadSettings(flags, config, chosen);
  const out = flags.out ?? join(config.out ?? 'reports', 'kubernetes');
  await prepareFolder(out);
  await using target = await openTarget(flags, loaded, chosen, signal, terminal);
  const site = await openSite(target, settings);
  const spread = definedOnly({ parallelism, namespace, image, outputs });
  const order = { ...toLoadOrder(profile, site, config), ...spread };
  const draft = await draftForCluster(site, order, signal, (drafted) => writeDraft(out, drafted));
  terminal.out(draftText(out, draft));
  return 0;
}

/** A namespace name by RFC 1123. */
const dnsLabel = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
/** A repository, then a tag, a digest or both. */
const imageName =
  /^(?<repository>[\w.-]+(?::\d+)?(?:\/[\w.-]+)*)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** Refuses a run that cannot be spread over a cluster, or over this many pods, and flags that cannot be used. */
function refuseFlags(profile: Profile, flags: LoadFlags): void {
  const { parallelism = 0, namespace, runnerImage: image, processes, json } = flags;
  const parts = image === undefined ? undefined : imageName.exec(image)?.groups;
  const { tag = 'latest', digest } = parts ?? {};
  const peak = peakRate(toCurve(profile));
  refuseFirst([
    [parallelism === 0, '--kubernetes needs --parallelism N: how many pods share the load'],
    [
      namespace !== undefined && !dnsLabel.test(namespace),
      `--namespace "${namespace}" is not a valid namespace: use up to 63 lower-case letters, digits and inner hyphens`,
    ],
    [image !== undefined && parts === undefined, `--runner-image "${image}" is not an image name`],
    [
      image !== undefined && digest === undefined && tag === 'latest',
      `--runner-image "${image}" is not pinned to a version; add a version or a digest`,
    ],
    [processes !== undefined, '--processes is for this machine; with --kubernetes, use --parallelism'],
    [json === true, '--json cannot be used with --kubernetes, which runs no load'],
    [
      profile.name === 'breakpoint' || profile.name === 'stages',
      `${profile.name} needs several runs that depend on each other, but --kubernetes writes one run; use another profile`,
    ],
    [
      parallelism > peak,
      `${parallelism} pods cannot share ${peak} requests a second; use fewer pods, or a higher --rate`,
    ],
  ]);
}

/** Throws UserError (exit code 2) for the first problem that holds. */
function refuseFirst(problems: Parameters<typeof reasonsThatHold>[0]): void {
  const [problem] = reasonsThatHold(problems);
  if (problem !== undefined) throw new UserError(problem, 2);
}

async function writeDraft(out: string, draft: ClusterDraft): Promise<void> {
  const { scripts, secret, testRun } = draft.manifests;
  const yaml = (manifest: object): string => stringify(manifest, { lineWidth: 0 });
  const files: readonly (readonly [string, string, number?])[] = [
    ['secret.yaml', yaml(secret), privateMode],
    ['scripts.yaml', yaml(scripts)],
    ['testrun.yaml', yaml(testRun)],
    ['README.md', clusterGuide(draft)],
  ];
  for (const [name, content, mode] of files) {
    await writeWhole(join(out, name), content, mode).catch((error: NodeJS.ErrnoException) => {
      throw new UserError(
        `"${join(out, name)}" cannot be written (${error.code}); choose another folder with --out`,
        3,
        { cause: error },
      );
    });
  }
}

function draftText(out: string, { cluster, run, tokenUntil }: ClusterDraft): string {
  const until = tokenUntil === undefined ? 'unknown (the token does not say)' : tokenUntil.toISOString();
  return [
    `${cluster.name}: ${run.planned} requests in ${run.seconds} s to ${inert(run.target.url)}, from ${plural(cluster.parallelism, 'pod')}`,
    '',
    `  written    ${inert(join(out, '{scripts,secret,testrun}.yaml'))}`,
    `  valid      until ${until}, for one run`,
    ...run.notes.map((note) => `  note       ${inert(note, 400)}`),
    `  next       ${inert(join(out, 'README.md'))} has the commands`,
  ].join('\n');
}
