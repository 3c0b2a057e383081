import { isStateName } from '../../../spec/family/states.ts';
import type { Handle, Headers, ServedRequest, ServedResponse, Wire } from '../../../spec/http.ts';
import { isRecord } from '../../../spec/is-record.ts';
import { documentedCodes } from '../../../spec/pure-bt/catalogue.ts';
import { operationPath } from '../../../spec/pure-bt/path.ts';
import { parseJson } from '../../judge/parse-json.ts';
import { corsHeaders, preflightHeaders } from '../../targets/mock/cors.ts';
import { exampleName, preferredExample, unknownPreference } from '../../targets/mock/preference.ts';
import { envelope } from '../targets/reference.ts';
import { explainRefusal, type KnownFixture } from './explain-refusal.ts';
import type { StateFixtures } from './fixtures.ts';

/** Where the explanation of a refusal goes. */
export type ExplainPlace = 'header' | 'extMsg';

/** The response header with the explanation of a refusal. */
const explainHeader = 'x-bindgate-explain';

/** The states endpoint of the embedded server. */
export const statesPath = '/_states';

/** What the mock adds to the embedded server. */
export type WireOptions = {
  /** Brings every fixture back to its first state. */
  readonly reset: () => void;
  /** The fixtures for `GET /_fixtures`; undefined if they must not be shown. */
  readonly shown: StateFixtures | undefined;
  readonly explain: ExplainPlace | undefined;
  /** The fixtures to explain refusals with. */
  readonly known: ReadonlyMap<string, KnownFixture>;
};

/** Adds CORS (except for the states endpoint), `Prefer`, explanations, `GET /_fixtures` and `POST /_reset` to the embedded server. */
export function mockWire(options: WireOptions): Wire {
  return (handle) => (request) => {
    // It makes devices and tokens, so it is for tests, not for pages.
    if (request.path.split('?')[0] === statesPath) return handle(request);
    const preflight = preflightHeaders(request.method, request.headers);
    if (preflight !== undefined) return { httpStatus: 204, headers: preflight, body: new Uint8Array() };
    const { headers, ...answer } = answerTo(request, handle, options);
    return { ...answer, headers: [...headers, ...corsHeaders(request.headers, [explainHeader])] };
  };
}

function answerTo(request: ServedRequest, handle: Handle, options: WireOptions): ServedResponse {
  const { method, path } = request;
  const [resource, query] = path.split('?');
  if (resource === '/_reset' && method === 'POST') {
    options.reset();
    return jsonAnswer(200, {});
  }
  if (resource === '/_fixtures' && method === 'GET') {
    return showFixtures(options.shown, new URLSearchParams(query).get('state'));
  }
  if (resource !== operationPath || method !== 'POST') return handle(request);
  const preferred = preferredExample(request.headers);
  if (preferred !== undefined) return preferredAnswer(preferred, request.headers);
  const answer = handle(request);
  return options.explain === undefined ? answer : withExplanation(answer, request, options.explain, options.known);
}

/** All fixtures, in the form of a configuration; or the first fixture of a state, as the states endpoint returns it. */
function showFixtures(shown: StateFixtures | undefined, state: string | null): ServedResponse {
  if (shown === undefined) return jsonAnswer(404, { message: 'the fixtures of a file are not shown; read the file' });
  if (state === null) return jsonAnswer(200, { fixtures: shown });
  const [fixture] = isStateName(state) ? shown[state] : [];
  return fixture === undefined
    ? jsonAnswer(404, { message: 'this state is not known; GET /_fixtures shows every state' })
    : jsonAnswer(200, fixture);
}

/** The documented envelope of a code, which changes no state. */
function preferredAnswer(example: string, headers: Headers): ServedResponse {
  const codes = documentedCodes.map(({ code }) => code);
  const code = codes.find((one) => exampleName(one) === example);
  if (code !== undefined) return jsonAnswer(200, envelope(code, code === 200));
  const msg = unknownPreference(headers, codes);
  return jsonAnswer(404, { code: 5000, msg, data: null, extMsg: null });
}

function withExplanation(
  answer: ServedResponse,
  request: ServedRequest,
  place: ExplainPlace,
  known: WireOptions['known'],
): ServedResponse {
  const parsed = parseJson(answer.body);
  const value = 'value' in parsed ? parsed.value : undefined;
  if (!isRecord(value) || value['code'] === 200) return answer;
  const line = explainRefusal(request, known.values());
  if (place === 'header') return { ...answer, headers: [...answer.headers, [explainHeader, line]] };
  return { ...answer, body: Buffer.from(JSON.stringify({ ...value, extMsg: line })) };
}

function jsonAnswer(httpStatus: number, value: object | string): ServedResponse {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { httpStatus, headers: [['content-type', 'application/json; charset=utf-8']], body: Buffer.from(text) };
}
