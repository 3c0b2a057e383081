import { declaredFaults } from '../../../generators/family/declared/faults.ts';
import type { ServedResponse, Wire } from '../../../spec/http.ts';
import { plantedHeader } from '../../judge/leak.ts';
import type { Edit } from '../../mutants/operators.ts';
import {
  answerInstead,
  answering,
  changing,
  parseJsonBody,
  requestHeader,
  withContentType,
  withFields,
  withJson,
  withoutFields,
  withStatus,
  withText,
} from '../../mutants/operators.ts';
import type { Bench, Mutant } from './server.ts';
import { wired } from './server.ts';

/** Servers with wrong answers, and servers that one request can stop. */
export function answerMutants(bench: Bench): readonly Mutant[] {
  const { declared } = bench;
  const refused = declaredFaults(declared).find(
    ({ id, code, needs }) => code !== undefined && needs === undefined && bench.has(id),
  )?.id;
  const success = 'success/plain';
  const strict = declared.declaration.answer?.guess !== true;
  const onSuccess = (id: string, breaks: string, edit: Edit): readonly Mutant[] =>
    wired(
      bench,
      `answer/${id}`,
      breaks,
      success,
      answering((answer) => (isSuccess(answer) ? edit(answer) : answer)),
    );
  const onRefusal = (id: string, breaks: string, edit: Edit): readonly Mutant[] =>
    refused === undefined
      ? []
      : wired(
          bench,
          `answer/refusal-${id}`,
          breaks,
          refused,
          answering((answer) => (isSuccess(answer) ? answer : edit(answer))),
        );
  const stack = 'TypeError: x\n    at bind (/srv/bind.js:10:5)';
  return [
    ...onSuccess('created', 'answers a success with HTTP 201', withStatus(201)),
    ...onSuccess('zero', 'answers a success with code 0', withJson(withFields({ code: 0 }))),
    ...onSuccess('text-code', 'sends the code as text', withJson(changing('code', String))),
    ...onSuccess('no-code', 'sends no code', withJson(withoutFields('code'))),
    ...onSuccess('html', 'says that a success is HTML', withContentType('text/html')),
    ...onSuccess(
      'cut',
      'cuts the body of a success',
      withText((text) => text.slice(0, -2)),
    ),
    ...onSuccess('msg-number', 'sends msg as a number', withJson(withFields({ msg: 1 }))),
    ...(strict ? onSuccess('no-data', 'sends a success without data', withJson(withFields({ data: null }))) : []),
    ...onRefusal('created', 'answers a refusal with HTTP 201', withStatus(201)),
    ...onRefusal('500', 'answers a refusal with HTTP 500', withStatus(500)),
    ...onRefusal('text-code', 'sends the code of a refusal as text', withJson(changing('code', String))),
    ...onRefusal('trace', 'sends a stack trace', withJson(withFields({ msg: stack }))),
    ...onRefusal('ok', 'answers every refusal with the success code', withJson(withFields({ code: 200 }))),
    ...(declared.declaration.answer?.success ?? []).flatMap((name) =>
      onRefusal(
        `with-${name}`,
        `sends ${name} with a refusal`,
        withJson(withFields({ data: { [name]: '3f1c9a6b52d84e07' } })),
      ),
    ),
    ...wired(
      bench,
      'answer/token',
      'repeats the token in the answer',
      success,
      (handle) => (request) => withJson(withFields({ msg: requestHeader(request, 'authorization') }))(handle(request)),
    ),
    ...stopMutants(bench),
  ];
}

/** Requests that stop a server, and what it answers. */
function stopMutants(bench: Bench): readonly Mutant[] {
  const crash: ServedResponse = {
    httpStatus: 500,
    headers: [['content-type', 'application/json']],
    body: Buffer.from('{"code":5000,"msg":""}'),
  };
  const rows: readonly (readonly [name: string, breaks: string, pattern: RegExp])[] = [
    ['bad-percent', 'stops at a wrong percent sign', /%zz/],
    ['invalid-utf-8', 'stops at invalid UTF-8', /%ff%fe/],
    ['unknown-parameter', 'stops at an unknown parameter', /bindgateUnknown=1/],
  ];
  const ofFields = bench.declared.fields.flatMap(({ name, steps }) => {
    if (steps.length > 1) return [];
    return (
      [
        [`${name}-nul`, 'stops at a NUL', /%00|\\u0000/],
        [`${name}-huge`, 'stops at a huge number', /99999999999/],
        [`${name}-text`, 'stops at a text in place of another type', /=bindgate(?:[& ]|$)|:"bindgate"/],
      ] as const
    ).map(([id, breaks, pattern]) => [id, `${breaks} in ${name}`, pattern] as const);
  });
  return [
    ...[...rows, ...ofFields].flatMap(([name, breaks, pattern]) =>
      wired(bench, `stops/${name}`, breaks, `robustness/${name}`, stopping(pattern, crash)),
    ),
    ...bench.declared.fields.flatMap(({ name }) =>
      wired(
        bench,
        `stops/${name}-header`,
        `writes ${name} into a header`,
        `robustness/${name}-header`,
        answering((answer, { path, body }) =>
          `${path}${Buffer.from(body).toString()}`.includes(plantedHeader)
            ? { ...answer, headers: [...answer.headers, [plantedHeader, '1']] }
            : answer,
        ),
      ),
    ),
  ];
}

function stopping(pattern: RegExp, answer: ServedResponse): Wire {
  return answerInstead((body, { path }) => pattern.test(`${path} ${body}`), answer);
}

function isSuccess(answer: ServedResponse): boolean {
  return parseJsonBody(answer)?.['code'] === 200;
}
