import type { Behaviour, DecisionName } from '../../../spec/pure-bt/reference/behaviour.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Variant } from '../../mutants/mutant.ts';

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
  other('token', 'the token check', {
    claimsHold: (...asked) => {
      burn();
      return correct.claimsHold(...asked);
    },
  }),
  other('bind', 'the bind itself', {
    bind: (...asked) => {
      burn();
      return correct.bind(...asked);
    },
  }),
];

function slow(name: string, what: string, decision: DecisionName): Variant {
  const override: Partial<Behaviour> = {
    [decision]: (...asked: Parameters<Behaviour[DecisionName]>) => {
      burn();
      return correct[decision](...asked);
    },
  };
  return other(name, what, override);
}

function other(name: string, what: string, override: Partial<Behaviour>): Variant {
  return { id: `slow/${name}`, differs: `takes ${milliseconds} ms longer for ${what}`, override };
}

/** Work, not waiting: it takes from the server's capacity as well. */
function burn(): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}
