import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Attempt } from '../../../spec/pure-bt/reference/decision.ts';
import type { Ending } from '../../../spec/pure-bt/reference/envelope.ts';
import type { ServedResponse } from '../../../spec/pure-bt/reference/reference.ts';
import type { Mutant } from '../../mutants/mutant.ts';
import { withEnvelope } from '../../mutants/wires.ts';

/** Where a text gets into an answer. */
export type Place = (answer: ServedResponse, text: string) => ServedResponse;

/** An answer that holds what its request, or the record, must keep. */
export function leak(
  name: string,
  what: string,
  when: (ending: Ending) => boolean,
  text: (attempt: Attempt) => string,
  place: Place,
  ...killedBy: Mutant['killedBy']
): Mutant {
  return {
    id: `leak/${name}`,
    breaks: `gives away ${what}`,
    killedBy,
    override: {
      answer: (ending) => {
        const answer = correct.answer(ending);
        return ending.attempt !== undefined && when(ending) ? place(answer, text(ending.attempt)) : answer;
      },
    },
  };
}

/** The answers of one code. */
export function refusedBy(code: number): (ending: Ending) => boolean {
  return (ending) => ending.code === code;
}

/** The answers of a success. */
export function isBound({ bound }: Ending): boolean {
  return bound;
}

/** In msg. */
export function inMsg(answer: ServedResponse, text: string): ServedResponse {
  return withEnvelope(answer, (envelope) => ({ ...envelope, msg: `${String(envelope['msg'])}: ${text}` }));
}

/** In extMsg. */
export function inExtMsg(answer: ServedResponse, text: string): ServedResponse {
  return withEnvelope(answer, (envelope) => ({ ...envelope, extMsg: text }));
}

/** In data. */
export function inData(answer: ServedResponse, text: string): ServedResponse {
  return withEnvelope(answer, (envelope) => ({ ...envelope, data: { verified: 1, detail: text } }));
}

/** In a header of its own. */
export function inHeader(answer: ServedResponse, text: string): ServedResponse {
  return withHeader(answer, 'x-debug', text);
}

/** The answer with one header more. */
export function withHeader(answer: ServedResponse, name: string, value: string): ServedResponse {
  return { ...answer, headers: [...answer.headers, [name, value]] };
}

/** The product's secret. */
export function ps({ product }: Attempt): string {
  return product?.ps ?? '';
}
