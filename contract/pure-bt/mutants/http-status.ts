import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Ending } from '../../../spec/pure-bt/reference/envelope.ts';
import type { Mutant } from '../../mutants/mutant.ts';
import { answering, codeOf, withBody } from '../../mutants/wires.ts';

/** The right code behind a wrong HTTP status: every business outcome comes with 200. Source: DOMAIN section 1. */
export const httpStatusMutants: readonly Mutant[] = [
  status(
    'refusals-400',
    'answers HTTP 400 to whatever it refuses',
    ({ code }) => (code === 200 ? 200 : 400),
    'dk/too-short',
    'already-bound',
  ),
  status(
    'token-401',
    'answers HTTP 401 to a bad token',
    ({ code }) => ([5032, 5106].includes(code) ? 401 : 200),
    'token/missing',
    'token-state/expired',
  ),
  status(
    'permission-403',
    'answers HTTP 403 to who may not bind',
    ({ code }) => ([5041, 5669].includes(code) ? 403 : 200),
    'home/ordinary-member',
    'permission/user',
  ),
  status(
    'not-found-404',
    'answers HTTP 404 to what it cannot find',
    ({ code }) => (code === 5314 ? 404 : 200),
    'cloud/look-up-fails',
    'pk/unknown',
  ),
  status(
    'conflict-409',
    'answers HTTP 409 where the device is bound',
    ({ code }) => ([5049, 5412].includes(code) ? 409 : 200),
    'already-bound',
    'mode-single',
  ),
  status(
    'failure-500',
    'answers HTTP 500 where it has failed itself',
    ({ code }) => (code === 5893 ? 500 : 200),
    'home/common-list-fails',
  ),
  status(
    'signature-403',
    'answers HTTP 403 to a wrong signature',
    ({ code }) => (code === 5420 ? 403 : 200),
    'signature/middle-digit',
  ),
  status(
    'other-centre-421',
    'answers HTTP 421 for another data centre',
    ({ code }) => (code === 6083 ? 421 : 200),
    'data-centre/other',
  ),
  status(
    'redirect-307',
    'redirects to the other data centre',
    ({ code }) => (code === 6083 ? 307 : 200),
    'data-centre/other',
  ),
  status(
    'success-201',
    'answers HTTP 201 where it has bound',
    ({ code }) => (code === 200 ? 201 : 200),
    'bind/plain',
    'mode-multi',
  ),
  {
    id: 'http/success-204',
    breaks: 'answers HTTP 204 without a body where it has bound',
    killedBy: ['bind/plain'],
    wire: answering((answer) => (codeOf(answer) === 200 ? { ...withBody(answer, ''), httpStatus: 204 } : answer)),
  },
];

/** The right code behind another HTTP status than 200. */
function status(
  name: string,
  breaks: string,
  httpStatus: (ending: Ending) => number,
  ...killedBy: Mutant['killedBy']
): Mutant {
  return {
    id: `http/${name}`,
    breaks,
    killedBy,
    override: {
      answer: (ending) =>
        correct.answer(ending.attempt === undefined ? ending : { ...ending, httpStatus: httpStatus(ending) }),
    },
  };
}
