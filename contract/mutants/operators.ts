/** Ways to break, or to vary, a server of any operation: they change decisions, answers and what lies between. */

import { setTimeout as pause } from 'node:timers/promises';
import type { ServedRequest, ServedResponse, Wire, WireAnswer } from '../../spec/http.ts';
import { headerValue } from '../../spec/http.ts';

/** The JSON object of an answer. */
export type Json = Readonly<Record<string, unknown>>;

/** A change of an answer. */
export type Edit = (answer: ServedResponse) => ServedResponse;

/** Picks some requests, by the text of their body or by anything else. */
export type Meant = (body: string, request: ServedRequest) => boolean;

/** A decision that is not asked on one path. */
export function skipping<Request, Known, Answer>(
  decide: (request: Request, known: Known) => Answer | undefined,
  isSkipped: (request: NoInfer<Request>, known: NoInfer<Known>) => boolean,
): (request: Request, known: Known) => Answer | undefined {
  return (request, known) => (isSkipped(request, known) ? undefined : decide(request, known));
}

/** A comparison that other values pass as well. */
export function orAlso<Given, Due>(
  isRight: (given: Given, expected: Due) => boolean,
  isAlsoRight: (given: NoInfer<Given>, expected: NoInfer<Due>) => boolean,
): (given: Given, expected: Due) => boolean {
  return (given, expected) => isRight(given, expected) || isAlsoRight(given, expected);
}

/** The text of a body. */
export function bodyText({ body }: { readonly body: Uint8Array }): string {
  return Buffer.from(body).toString();
}

/** A text field of a request's JSON body; empty where there is none. */
export function readTextField(request: ServedRequest, name: string): string {
  try {
    const value: unknown = Reflect.get(JSON.parse(bodyText(request)) as object, name);
    return typeof value === 'string' ? value : '';
  } catch {
    return '';
  }
}

/** A header of a request; empty where there is none. */
export function requestHeader({ headers }: ServedRequest, name: string): string {
  return headerValue(headers, name) ?? '';
}

/** A body whose text is edited. */
export function edited(body: Uint8Array, edit: (text: string) => string): Uint8Array {
  return Buffer.from(edit(bodyText({ body })));
}

/** The JSON object of an answer; undefined where its body is something else. */
export function parseJsonBody(answer: ServedResponse): Json | undefined {
  return bodyText(answer).startsWith('{') ? (JSON.parse(bodyText(answer)) as Json) : undefined;
}

/** Edits the text of an answer's body. */
export function withText(edit: (text: string) => string | Uint8Array): Edit {
  return (answer) => ({ ...answer, body: Buffer.from(edit(bodyText(answer))) });
}

/** Edits the JSON object of an answer; another body stays as it is. */
export function withJson(edit: (json: Json) => unknown): Edit {
  return (answer) => {
    const json = parseJsonBody(answer);
    return json === undefined ? answer : withText(() => JSON.stringify(edit(json)))(answer);
  };
}

/** JSON with some fields set. */
export function withFields(fields: Json): (json: Json) => Json {
  return (json) => ({ ...json, ...fields });
}

/** JSON with one field changed. */
export function changing(name: string, change: (value: unknown) => unknown): (json: Json) => Json {
  return (json) => ({ ...json, [name]: change(json[name]) });
}

/** JSON without some fields. */
export function withoutFields(...names: readonly string[]): (json: Json) => Json {
  return (json) => Object.fromEntries(Object.entries(json).filter(([name]) => !names.includes(name)));
}

/** Adds headers. */
export function withHeaders(...headers: readonly (readonly [name: string, value: string])[]): Edit {
  return (answer) => ({ ...answer, headers: [...answer.headers, ...headers] });
}

/** Another content type, or none. */
export function withContentType(type: string | undefined): Edit {
  return (answer) => {
    const headers = answer.headers.filter(([name]) => name.toLowerCase() !== 'content-type');
    return { ...answer, headers: type === undefined ? headers : [...headers, ['Content-Type', type]] };
  };
}

/** Another HTTP status. */
export function withStatus(httpStatus: number): Edit {
  return (answer) => ({ ...answer, httpStatus });
}

/** A wire that edits every answer. */
export function answering(edit: (answer: ServedResponse, request: ServedRequest) => ServedResponse): Wire {
  return (handle) => (request) => edit(handle(request), request);
}

/** A wire that answers some requests itself. */
export function answerInstead(isMeant: Meant, answer: WireAnswer): Wire {
  return (handle) => (request) => (isMeant(bodyText(request), request) ? answer : handle(request));
}

/** A wire that lets some answers wait, in milliseconds. */
export function delaying(ms: (answer: ServedResponse) => number): Wire {
  return (handle) => async (request) => {
    const answer = handle(request);
    const wait = ms(answer);
    if (wait > 0) await pause(wait);
    return answer;
  };
}

/** A wire that gives requests of one key the answer to the first of them again. */
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

/** A wire that locks requests of one key out after some answers. */
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

/** A wire that refuses a value it has seen in another request, or in any: `even` the same one. */
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
