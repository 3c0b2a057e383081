import { UserError } from '../contract/user-error.ts';
import type { ClusterOrder } from '../load/cluster/cluster-draft.ts';

/** Flags of a load run in a cluster. */
export type ClusterFlags = {
  readonly kubernetes?: boolean;
  readonly parallelism?: number;
  readonly runnerImage?: string;
  readonly namespace?: string;
};

/** A namespace name by RFC 1123. */
const dnsLabel = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
/** A repository, then a tag, a digest or both. */
const imageName =
  /^(?<repository>[\w.-]+(?::\d+)?(?:\/[\w.-]+)*)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/**
 * Reads from flags how a run is spread over a cluster.
 * @throws UserError (exit code 2) for an unusable flag, or if `--parallelism` is missing.
 */
export function readClusterFlags({
  parallelism,
  namespace,
  runnerImage,
}: ClusterFlags): Pick<ClusterOrder, 'parallelism' | 'namespace' | 'image'> {
  if (parallelism === undefined) {
    throw new UserError('--kubernetes needs --parallelism N: how many pods share the load', 2);
  }
  if (namespace !== undefined && !dnsLabel.test(namespace)) {
    throw new UserError(
      `--namespace "${namespace}" is not a valid namespace: use up to 63 lower-case letters, digits and inner hyphens`,
      2,
    );
  }
  return {
    parallelism,
    ...(namespace === undefined ? {} : { namespace }),
    ...(runnerImage === undefined ? {} : { image: readImageName(runnerImage) }),
  };
}

/** Refuses flags of a cluster run for a local run. */
export function refuseClusterFlags({ parallelism, namespace, runnerImage }: ClusterFlags): void {
  const given = Object.entries({
    '--parallelism': parallelism,
    '--namespace': namespace,
    '--runner-image': runnerImage,
  }).find(([, value]) => value !== undefined);
  if (given === undefined) return;
  throw new UserError(`${given[0]} needs --kubernetes; to share a load on this machine, use --processes`, 2);
}

function readImageName(text: string): string {
  const parts = imageName.exec(text)?.groups;
  if (parts === undefined) throw new UserError(`--runner-image "${text}" is not an image name`, 2);
  const { tag, digest } = parts;
  if (digest === undefined && (tag === undefined || tag === 'latest')) {
    throw new UserError(`--runner-image "${text}" is not pinned to a version; add a version or a digest`, 2);
  }
  return text;
}
