import { UserError } from '../contract/user-error.ts';
import type { ClusterOrder } from '../load/cluster/cluster-draft.ts';

/** Flags of a load run in a cluster. */
export type ClusterFlags = {
  readonly kubernetes?: boolean;
  readonly parallelism?: number;
  readonly runnerImage?: string;
  readonly namespace?: string;
};

/** RFC 1123: what a namespace may be called. */
const dnsLabel = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
/** A repository, then a tag, a digest or both. */
const imageName =
  /^(?<repository>[\w.-]+(?::\d+)?(?:\/[\w.-]+)*)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/**
 * How a run is spread over a cluster, as the flags say it.
 * @throws UserError (exit code 2) for one that cannot be used, or where `--parallelism` is missing.
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
      `--namespace "${namespace}" is no namespace: up to 63 lower-case letters, digits and hyphens between them`,
      2,
    );
  }
  return {
    parallelism,
    ...(namespace === undefined ? {} : { namespace }),
    ...(runnerImage === undefined ? {} : { image: readImageName(runnerImage) }),
  };
}

/** Refuses flags of a run in a cluster where the run is made here. */
export function refuseClusterFlags({ parallelism, namespace, runnerImage }: ClusterFlags): void {
  const given = Object.entries({
    '--parallelism': parallelism,
    '--namespace': namespace,
    '--runner-image': runnerImage,
  }).find(([, value]) => value !== undefined);
  if (given === undefined) return;
  throw new UserError(`${given[0]} goes with --kubernetes; on this machine, --processes shares a load`, 2);
}

function readImageName(text: string): string {
  const parts = imageName.exec(text)?.groups;
  if (parts === undefined) throw new UserError(`--runner-image "${text}" is no image name`, 2);
  const { tag, digest } = parts;
  if (digest === undefined && (tag === undefined || tag === 'latest')) {
    throw new UserError(`--runner-image "${text}" may be another k6 tomorrow; name a version or a digest`, 2);
  }
  return text;
}
