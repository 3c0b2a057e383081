import type { TargetFlags } from './target.ts';

/** The flags that a run is repeated with. */
export type ReplayFlags = TargetFlags & {
  readonly config?: string;
  readonly dialect?: readonly string[];
  readonly strict?: boolean;
};

/** The command that verifies again what a run did; headers may hold secrets and are left to the user. */
export function replayCommand(flags: ReplayFlags): string {
  const parts = [
    flags.reference === true ? ['--reference'] : [],
    flags.prism === true ? ['--prism'] : [],
    flags.url === undefined ? [] : ['--url', flags.url],
    flags.states === undefined ? [] : ['--states', flags.states],
    flags.config === undefined ? [] : ['--config', flags.config],
    ...(flags.dialect ?? []).map((setting) => ['--dialect', setting]),
    flags.strict === true ? ['--strict'] : [],
  ];
  const words = parts
    .flat()
    .map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`));
  return ['bindgate', 'verify', ...words].join(' ');
}
