import { shellQuote } from '../contract/shell-quote.ts';
import type { TargetFlags } from './target.ts';

/** The flags that a run is repeated with. */
export type ReplayFlags = TargetFlags & {
  readonly config?: string;
  readonly dialect?: readonly string[];
  readonly strict?: boolean;
  readonly runs?: number;
  readonly showSecrets?: boolean;
};

/**
 * The command that repeats a run; the views add `--only` and `--seed`.
 * The value of a header may be a secret: the reader fills in `«value»`, unless secrets are shown.
 */
export function replayCommand(flags: ReplayFlags): string {
  const { showSecrets = false } = flags;
  const values = (
    name: string,
    given: readonly (string | number)[] | string | number | undefined,
  ): readonly string[] => (given === undefined ? [] : [given].flat().flatMap((value) => [name, String(value)]));
  const words = [
    ...(flags.reference === true ? ['--reference'] : []),
    ...(flags.prism === true ? ['--prism'] : []),
    ...values('--url', flags.url),
    ...values('--image', flags.image),
    ...values('--image-port', flags.imagePort),
    ...values('--states', flags.states),
    ...values('--header', showSecrets ? flags.header : flags.header?.map(withoutValue)),
    ...values('--config', flags.config),
    ...values('--dialect', flags.dialect),
    ...values('--runs', flags.runs),
    ...(flags.strict === true ? ['--strict'] : []),
    ...(showSecrets ? ['--show-secrets'] : []),
  ];
  return ['bindgate', 'verify', ...words.map(shellQuote)].join(' ');
}

function withoutValue(header: string): string {
  return header.replace(/:.*$/s, ': «value»');
}
