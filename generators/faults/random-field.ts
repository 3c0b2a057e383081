import { refusedSomehow } from '../../spec/expectation.ts';
import type { Json } from '../request.ts';
import type { Fault } from './fault.ts';
import { sealedField, textOf } from './fault.ts';
import { replacedAt } from './tamper.ts';

/** Faults of `random`, the initialisation vector. Unsigned, so only what the ciphertexts decrypt to can tell. */
export const randomFaults: readonly Fault[] = [
  random('absent', 'a request without random', () => undefined),
  random('null', 'a null random', () => null),
  random('empty', 'an empty random', () => ''),
  random('too-short', 'a random of 15 characters', (iv) => iv.slice(1)),
  random('too-long', 'a random of 17 characters', (iv) => `${iv}0`),
  random('non-ascii', 'a random of 16 characters and 17 bytes', (iv) => `é${iv.slice(1)}`),
  random('changed', 'a random changed after encryption', (iv) => replacedAt(iv, 0)),
];

function random(name: string, title: string, change: (iv: string) => Json | undefined): Fault {
  return {
    id: `random/${name}`,
    title,
    breaks: 'random',
    changes: [sealedField('random', (body) => change(textOf(body, 'random')))],
    expect: refusedSomehow(['bindingSecret']),
    clause: 'request parameter random (the iv of the algorithm); no documented code',
    basis: name === 'changed' ? 'security' : 'document',
  };
}
