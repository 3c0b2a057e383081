import type { ServedRequest } from '../../../spec/pure-bt/reference/reference.ts';
import type { Mutant } from '../../mutants/mutant.ts';
import { bodyOf, fieldOf } from '../../mutants/wires.ts';

/** One request twice: no nonce and no time is signed, so only the record can tell. */
export const replayMutants: readonly Mutant[] = [
  repeated('same-bytes', 'gives a request it has seen its answer again', bodyOf, 'replay/same-request'),
  repeated(
    'signature',
    'gives a signature it has seen its answer again',
    (request) => fieldOf(request, 'signature'),
    'already-bound/second-request',
  ),
  repeated(
    'device',
    'remembers the last answer for a device',
    (request) => fieldOf(request, 'dk'),
    'trace/signature-middle-digit',
    'two-users/single',
  ),
  {
    id: 'replay/answers-of-others',
    breaks: 'gives the answer of the request before',
    killedBy: ['already-bound/second-request', 'trace/dk-too-short'],
    wire: (handle) => {
      let before: ReturnType<typeof handle> | undefined;
      return (request) => {
        const answer = handle(request);
        const given = before ?? answer;
        before = answer;
        return given;
      };
    },
  },
];

/** An answer that is remembered. */
function repeated(
  name: string,
  breaks: string,
  key: (request: ServedRequest) => string,
  ...killedBy: Mutant['killedBy']
): Mutant {
  return {
    id: `replay/${name}`,
    breaks,
    killedBy,
    wire: (handle) => {
      const known = new Map<string, ReturnType<typeof handle>>();
      return (request) => {
        const answer = known.get(key(request)) ?? handle(request);
        known.set(key(request), answer);
        return answer;
      };
    },
  };
}
