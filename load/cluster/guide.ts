import { plural } from '../../spec/plural.ts';
import type { ClusterDraft } from './cluster-draft.ts';

/** Pulling images, the operator's initializer and its starter. */
const patienceSeconds = 600;

/** How a drafted run is run: the text beside its manifests (`README.md`). */
export function clusterGuide({ cluster, run, tokenUntil }: ClusterDraft): string {
  const { name, namespace, parallelism, ca, proxy } = cluster;
  const network = [
    ...(ca === undefined
      ? []
      : [
          '- The pods trust the certificate authority of the key `ca` as well as those of the image; it is in `secret.yaml`.',
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

- \`finished\` does not mean kept: \`load merge\` judges, over all pods at once. Its exit code is the run's.
- ${
    tokenUntil === undefined
      ? 'The token does not say how long it lives; run this before it ends.'
      : `The token lives until ${tokenUntil.toISOString()}: start this by ${new Date(tokenUntil.getTime() - run.seconds * 1_000).toISOString()}.`
  }
- Each device binds once, so these files are good for one run. For the next one, write them anew.
- The product of the load state was set up when these files were written, and bindgate does not undo it.
- \`secret.yaml\` holds the product's secrets and tokens: commit it nowhere, and remove this folder afterwards.
${network.join('')}`;
}
