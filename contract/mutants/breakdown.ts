import type { ServedRequest } from '../../spec/pure-bt/reference/reference.ts';
import type { Mutant } from './mutant.ts';
import { bodyOf, instead, refusal } from './wires.ts';

/** The requests that a server breaks down at. */
export type Meant = (body: string, request: ServedRequest) => boolean;

/** A server that answers HTTP 500 to some requests. */
export function breaksDown(name: string, what: string, isMeant: Meant, ...killedBy: Mutant['killedBy']): Mutant {
  return {
    id: `robustness/500-${name}`,
    breaks: `answers HTTP 500 to ${what}`,
    killedBy,
    wire: instead((request) => isMeant(bodyOf(request), request), refusal(5000, 500)),
  };
}

/** A server that gives some requests no answer. */
export function silent(
  name: string,
  breaks: string,
  isMeant: Meant,
  how: 'hangs' | 'hangs-up',
  ...killedBy: Mutant['killedBy']
): Mutant {
  return {
    id: `robustness/${name}`,
    breaks,
    killedBy,
    wire: instead((request) => isMeant(bodyOf(request), request), how),
  };
}
