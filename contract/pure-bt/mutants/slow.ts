import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Behaviour, DecisionName } from '../../../spec/pure-bt/reference/decision.ts';
import type { Variant } from '../../mutants/mutant.ts';
import { spin } from './oracles.ts';

/** Much longer than a decision of the reference, much shorter than any timeout. */
const milliseconds = 3;

/**
 * Conforming servers that are slower in one stage of a request; `load stages` must find the stage.
 * They are not variants of the contract suite: they would only make it slower.
 */
export const slowServers: readonly Variant<Behaviour>[] = [
  slow('format', 'the format check', 'dkFormat'),
  slow('signature', 'the signature', 'signatureMatches'),
  slow('code', 'the decryption of the code', 'encryptedBindingCodeReadable'),
  slow('new-secret', 'the decryption of the new secret', 'newSecretReadable'),
  slow('old-secret', 'the decryption of the old secret', 'oldSecretReadable'),
  slow('token', 'the token check', 'claimsHold'),
  slow('bind', 'the bind itself', 'bind'),
];

function slow(name: string, what: string, part: DecisionName | 'claimsHold' | 'bind'): Variant<Behaviour> {
  const work: (...asked: never[]) => unknown = correct[part];
  const slowly = (...asked: never[]): unknown => {
    spin(milliseconds);
    return work(...asked);
  };
  return { id: `slow/${name}`, differs: `takes ${milliseconds} ms longer for ${what}`, override: { [part]: slowly } };
}
