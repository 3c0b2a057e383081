import { setTimeout as pause } from 'node:timers/promises';
import { correct } from '../../spec/pure-bt/reference/behaviour.ts';
import type { ServedRequest, ServedResponse } from '../../spec/pure-bt/reference/reference.ts';
import type { Wire } from '../../spec/pure-bt/reference/wire.ts';

/** An envelope while it is being changed. */
export type Envelope = { readonly [field: string]: unknown };

/** The refusal of a code, as the correct server would word it. */
export function refusal(code: number, httpStatus = 200): ServedResponse {
  return correct.answer({ behaviour: correct, httpStatus, code, bound: false, headers: [], attempt: undefined });
}

/** The envelope of an answer. */
export function envelopeOf({ body }: ServedResponse): Envelope {
  return JSON.parse(Buffer.from(body).toString()) as Envelope;
}

/** The code of an answer. */
export function codeOf(answer: ServedResponse): number {
  return Number(envelopeOf(answer)['code']);
}

/** The answer with another body. */
export function withBody(answer: ServedResponse, body: string | Uint8Array): ServedResponse {
  return { ...answer, body: Buffer.from(body) };
}

/** The answer with its envelope changed; undefined takes a field away. */
export function withEnvelope(answer: ServedResponse, change: (envelope: Envelope) => unknown): ServedResponse {
  return withBody(answer, JSON.stringify(change(envelopeOf(answer))));
}

/** The text of a request's body. */
export function bodyOf({ body }: ServedRequest): string {
  return Buffer.from(body).toString();
}

/** A field of a request's body, as text; empty where there is none. */
export function fieldOf(request: ServedRequest, name: string): string {
  try {
    const value: unknown = Reflect.get(JSON.parse(bodyOf(request)) as object, name);
    return typeof value === 'string' ? value : '';
  } catch {
    return '';
  }
}

/** A header of a request; empty where there is none. */
export function headerOf({ headers }: ServedRequest, name: string): string {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? '';
}

/** A wire that changes answers. */
export function answering(change: (answer: ServedResponse, request: ServedRequest) => ServedResponse): Wire {
  return (handle) => (request) => change(handle(request), request);
}

/** A wire that answers some requests itself. */
export function instead(
  isMeant: (request: ServedRequest) => boolean,
  answer: ServedResponse | 'hangs' | 'hangs-up',
): Wire {
  return (handle) => (request) => (isMeant(request) ? answer : handle(request));
}

/** A wire that lets some answers wait. */
export function delaying(ms: (answer: ServedResponse, request: ServedRequest) => number): Wire {
  return (handle) => async (request) => {
    const answer = handle(request);
    const wait = ms(answer, request);
    if (wait > 0) await pause(wait);
    return answer;
  };
}

/** A body whose text was mended. */
export function mended(body: Uint8Array, mend: (text: string) => string): Uint8Array {
  return Buffer.from(mend(Buffer.from(body).toString()));
}
