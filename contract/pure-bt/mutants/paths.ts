import type { Behaviour, DecisionName } from '../../../spec/pure-bt/reference/behaviour.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Attempt, Decision } from '../../../spec/pure-bt/reference/decision.ts';

/** A way that a request may take through a server. */
export type Path = (attempt: Attempt) => boolean;

type PathName = 'encrypted' | 'home' | 'oldSecret' | 'notCommon' | 'pwd' | 'alternate' | 'single';

/** Ways on which a check is easily forgotten. */
export const paths: Readonly<Record<PathName, Path>> = {
  encrypted: ({ fields }) => Boolean(fields.encryptedBindingCode),
  home: ({ fields }) => Boolean(fields.fid),
  oldSecret: ({ fields }) => Boolean(fields.encryptedOldBindingSecret),
  notCommon: ({ fields }) => fields.isCommonDevice === false,
  pwd: ({ fields }) => Boolean(fields.pwd),
  alternate: ({ product }) => product?.bindingMode === 'alternate',
  single: ({ product }) => product?.bindingMode === 'single',
};

/** A check that one path skips. */
export function skippedOn(path: Path, name: DecisionName): Partial<Behaviour> {
  return {
    [name]: ((attempt, world) => (path(attempt) ? undefined : correct[name](attempt, world))) satisfies Decision,
  };
}

/** A check that is never made. */
export function skipped(...names: readonly DecisionName[]): Partial<Behaviour> {
  return Object.fromEntries(names.map((name) => [name, (() => undefined) satisfies Decision]));
}

/** A refusal under another code. */
export function coded(codes: Partial<Behaviour['codes']>): Partial<Behaviour> {
  return { codes: { ...correct.codes, ...codes } };
}

/** The name of a decision as part of an id: `home-is-own`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
