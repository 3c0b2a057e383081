/** Ways to break or vary a server of any operation: they change decisions, answers or the HTTP handling. */

import { setTimeout as pause } from 'node:timers/promises';
import { headerValue, type ServedRequest, type ServedResponse, type Wire, type WireAnswer } from '../../spec/http.ts';

/** The JSON object of an answer. */
export type Json = Readonly<Record<string, unknown>>;

/** A change of an answer. */
export type Edit = (answer: ServedResponse) => ServedResponse;

/** Selects requests, by the text of the body or by the request itself. */
export type Meant = (body: string, request: ServedRequest) => boolean;

/** A decision that is skipped for some requests. */
export function skipping<Request, Known, Answer>(
  decide: (request: Request, known: Known) => Answer | undefined,
  isSkipped: (request: NoInfer<Request>, known: NoInfer<Known>) => boolean,
): (request: Request, known: Known) => Answer | undefined {
  return (request, known) => (isSkipped(request, known) ? undefined : decide(request, known));
}

/** A decision that makes its refusals, and then forgets some of them. */
export function forgetting<Request, Known, Refusal>(
  decide: (request: Request, known: Known) => Refusal | undefined,
  isForgotten: (request: NoInfer<Request>, refusal: NoInfer<Refusal>) => boolean,
): (request: Request, known: Known) => Refusal | undefined {
  return (request, known) => {
    const refusal = decide(request, known);
    return refusal !== undefined && isForgotten(request, refusal) ? undefined : refusal;
  };
}

/** A comparison that also accepts other values. */
export function orAlso<Given, Expected>(
  isRight: (given: Given, expected: Expected) => boolean,
  isAlsoRight: (given: NoInfer<Given>, expected: NoInfer<Expected>) => boolean,
): (given: Given, expected: Expected) => boolean {
  return (given, expected) => isRight(given, expected) || isAlsoRight(given, expected);
}

/** A comparison of two texts. */
export type Comparison = (given: string, expected: string) => boolean;

// Weak comparisons.
export const anyText: Comparison = () => true;
export const isStart: Comparison = (given, expected) => expected.startsWith(given);
export const hasStart: Comparison = (given, expected) => given.startsWith(expected);
export const sameLength: Comparison = (given, expected) => given.length === expected.length;

/** Compares only a part of two texts. */
export function samePart(from: number, to?: number): Comparison {
  return (given, expected) => given.slice(from, to) === expected.slice(from, to);
}

/** The text of a body. */
export function bodyText({ body }: { readonly body: Uint8Array }): string {
  return Buffer.from(body).toString();
}

/** The JSON object in a text; undefined if it is not one. */
export function parseJson(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** A text field of a request's JSON body; empty if it is missing. */
export function readTextField(request: ServedRequest, name: string): string {
  const value = parseJson(bodyText(request))?.[name];
  return typeof value === 'string' ? value : '';
}

/** A header of a request; empty if it is missing. */
export function requestHeader({ headers }: ServedRequest, name: string): string {
  return headerValue(headers, name) ?? '';
}

/** Edits the text of a body. */
export function edited(body: Uint8Array, edit: (text: string) => string): Uint8Array {
  return Buffer.from(edit(bodyText({ body })));
}

/** Edits the text of an answer's body. */
export function withText(edit: (text: string) => string | Uint8Array): Edit {
  return (answer) => ({ ...answer, body: Buffer.from(edit(bodyText(answer))) });
}

/** Edits the JSON object of an answer. Any other body stays unchanged. */
export function withJson(edit: (json: Json) => unknown): Edit {
  return (answer) => {
    const json = parseJson(bodyText(answer));
    return json === undefined ? answer : withText(() => JSON.stringify(edit(json)))(answer);
  };
}

/** Sets fields of a JSON object. */
export function withFields(fields: Json): (json: Json) => Json {
  return (json) => ({ ...json, ...fields });
}

/** Changes one field of a JSON object. */
export function changing(name: string, change: (value: unknown) => unknown): (json: Json) => Json {
  return (json) => ({ ...json, [name]: change(json[name]) });
}

/** Removes fields of a JSON object. */
export function withoutFields(...names: readonly string[]): (json: Json) => Json {
  return (json) => Object.fromEntries(Object.entries(json).filter(([name]) => !names.includes(name)));
}

/** Adds headers. */
export function withHeaders(...headers: readonly (readonly [name: string, value: string])[]): Edit {
  return (answer) => ({ ...answer, headers: [...answer.headers, ...headers] });
}

/** Sets another content type, or removes it. */
export function withContentType(type: string | undefined): Edit {
  return (answer) => {
    const headers = answer.headers.filter(([name]) => name.toLowerCase() !== 'content-type');
    return { ...answer, headers: type === undefined ? headers : [...headers, ['Content-Type', type]] };
  };
}

/** Sets another HTTP status. */
export function withStatus(httpStatus: number): Edit {
  return (answer) => ({ ...answer, httpStatus });
}

/** A wire that edits every answer. */
export function answering(edit: (answer: ServedResponse, request: ServedRequest) => ServedResponse): Wire {
  return (handle) => (request) => edit(handle(request), request);
}

/** The code of an answer; NaN if it has none. */
export function readCode(answer: ServedResponse): number {
  return Number(parseJson(bodyText(answer))?.['code']);
}

/** A wire that edits the answers with some codes. */
export function onCode(isMeant: (code: number) => boolean, edit: Edit): Wire {
  return answering((answer) => (isMeant(readCode(answer)) ? edit(answer) : answer));
}

/** A wire that answers some requests itself. */
export function answerInstead(isMeant: Meant, answer: WireAnswer): Wire {
  return (handle) => (request) => (isMeant(bodyText(request), request) ? answer : handle(request));
}

/** A wire that delays answers by some milliseconds. */
export function delaying(ms: (answer: ServedResponse) => number): Wire {
  return (handle) => async (request) => {
    const answer = handle(request);
    const wait = ms(answer);
    if (wait > 0) await pause(wait);
    return answer;
  };
}

/** A wire that repeats the first answer for all requests with the same key. */
export function repeating(key: (request: ServedRequest) => string): Wire {
  return (handle) => {
    const known = new Map<string, ServedResponse>();
    return (request) => {
      const answer = known.get(key(request)) ?? handle(request);
      known.set(key(request), answer);
      return answer;
    };
  };
}

/** A wire that refuses all requests with the same key after some answers. */
export function locking(
  key: (request: ServedRequest) => string,
  locks: (answer: ServedResponse) => boolean,
  lockedOut: ServedResponse,
  times = 1,
): Wire {
  return (handle) => {
    const counts = new Map<string, number>();
    return (request) => {
      const count = counts.get(key(request)) ?? 0;
      if (count >= times) return lockedOut;
      const answer = handle(request);
      if (locks(answer)) counts.set(key(request), count + 1);
      return answer;
    };
  };
}

/** A wire that handles one request at a time among those with the same key; the others are refused. */
export function oneAtATime(key: (request: ServedRequest) => string, busy: ServedResponse, ms: number): Wire {
  return (handle) => {
    const underWay = new Set<string>();
    return async (request) => {
      const same = key(request);
      if (same === '') return handle(request);
      if (underWay.has(same)) return busy;
      underWay.add(same);
      try {
        const answer = handle(request);
        await pause(ms);
        return answer;
      } finally {
        underWay.delete(same);
      }
    };
  };
}

/** A wire that refuses a value that another request has used; with `even`, also if the same request is repeated. */
export function refusingAgain(
  value: (request: ServedRequest) => string,
  refusal: ServedResponse,
  even?: 'the same request',
): Wire {
  return (handle) => {
    const seen = new Map<string, string>();
    return (request) => {
      const [now, body] = [value(request), bodyText(request)];
      const before = now === '' ? undefined : seen.get(now);
      if (before !== undefined && (before !== body || even !== undefined)) return refusal;
      seen.set(now, body);
      return handle(request);
    };
  };
}
