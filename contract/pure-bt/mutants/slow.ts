import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { DecisionName } from '../../../spec/pure-bt/reference/decision.ts';
import type { Variant } from './server.ts';

/** Far above what a decision of the reference takes, far below what anybody waits for. */
const milliseconds = 3;

/**
 * Servers that keep the contract and take longer for one stage of a request: what `load stages` has to find.
 * They are no variants of the suite, whose requests they would only delay.
 */
export const slowServers: readonly Variant[] = [
  slow('format', 'the format check', 'dkFormat'),
  slow('signature', 'the signature', 'signatureMatches'),
  slow('code', 'the decryption of the code', 'encryptedBindingCodeReadable'),
  slow('new-secret', 'the decryption of the new secret', 'newSecretReadable'),
  slow('old-secret', 'the decryption of the old secret', 'oldSecretReadable'),
  slow('token', 'the token check', 'claimsHold'),
  slow('bind', 'the bind itself', 'bind'),
];

function slow(name: string, what: string, part: DecisionName | 'claimsHold' | 'bind'): Variant {
  const work: (...asked: never[]) => unknown = correct[part];
  const slowly = (...asked: never[]): unknown => {
    // Work, not waiting: it takes from the server's capacity as well.
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
    return work(...asked);
  };
  return { id: `slow/${name}`, differs: `takes ${milliseconds} ms longer for ${what}`, override: { [part]: slowly } };
}
