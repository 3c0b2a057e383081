import { declaredFaults } from '../../../generators/family/declared/faults.ts';
import type { Declared } from '../../../spec/family/declared/model.ts';
import type { ServedResponse } from '../../../spec/http.ts';
import { plantedHeader } from '../../judge/leak.ts';
import { makeMutants } from '../../mutants/mutant.ts';
import {
  answerInstead,
  answering,
  bodyText,
  changing,
  type Edit,
  onCode,
  requestHeader,
  withContentType,
  withFields,
  withHeaders,
  withJson,
  withoutFields,
  withStatus,
  withText,
} from '../../mutants/operators.ts';
import { type Bench, type Change, changed, type Mutant } from './server.ts';

/** Servers with wrong answers, and servers that one request can stop. */
export function answerMutants({ declared, has }: Bench): readonly Mutant[] {
  const refused = declaredFaults(declared).find(
    ({ id, code, needs }) => code !== undefined && needs === undefined && has(id),
  )?.id;
  const { success = [], guess } = declared.declaration.answer ?? {};
  const onSuccess = (edit: Edit) => ({ wire: onCode((code) => code === 200, edit) });
  const onRefusal = (edit: Edit) => ({ wire: onCode((code) => code !== 200, edit) });
  return [
    ...makeMutants(
      onSuccess,
      {
        'answer/created: answers a success with HTTP 201': withStatus(201),
        'answer/zero: answers a success with code 0': withJson(withFields({ code: 0 })),
        'answer/text-code: sends the code as text': withJson(changing('code', String)),
        'answer/no-code: sends no code': withJson(withoutFields('code')),
        'answer/html: says that a success is HTML': withContentType('text/html'),
        'answer/cut: cuts the body of a success': withText((text) => text.slice(0, -2)),
        'answer/msg-number: sends msg as a number': withJson(withFields({ msg: 1 })),
        ...(guess !== true && { 'answer/no-data: sends a success without data': withJson(withFields({ data: null })) }),
      },
      'success/plain',
    ),
    ...makeMutants(
      onRefusal,
      {
        'answer/refusal-created: answers a refusal with HTTP 201': withStatus(201),
        'answer/refusal-500: answers a refusal with HTTP 500': withStatus(500),
        'answer/refusal-text-code: sends the code of a refusal as text': withJson(changing('code', String)),
        'answer/refusal-trace: sends a stack trace': withJson(
          withFields({ msg: 'TypeError: x\n    at bind (/srv/bind.js:10:5)' }),
        ),
        'answer/refusal-ok: answers every refusal with the success code': withJson(withFields({ code: 200 })),
        ...Object.fromEntries(
          success.map((name) => [
            `answer/refusal-with-${name}: sends ${name} with a refusal`,
            withJson(withFields({ data: { [name]: '3f1c9a6b52d84e07' } })),
          ]),
        ),
      },
      refused,
    ),
    ...changed({
      'answer/token: repeats the token in the answer -> success/plain': answering((answer, request) =>
        withJson(withFields({ msg: requestHeader(request, 'authorization') }))(answer),
      ),
      'stops/bad-percent: stops at a wrong percent sign -> robustness/bad-percent': stopping(/%zz/),
      'stops/invalid-utf-8: stops at invalid UTF-8 -> robustness/invalid-utf-8': stopping(/%ff%fe/),
      'stops/unknown-parameter: stops at an unknown parameter -> robustness/unknown-parameter':
        stopping(/bindgateUnknown=1/),
      ...Object.assign({}, ...declared.fields.map(stoppingField)),
    }),
  ];
}

/** Values of a field that stop a server, or that it copies into a header. */
function stoppingField({ name, steps }: Declared['fields'][number]): Readonly<Record<string, Change>> {
  const id = `robustness/${name}`;
  return {
    ...(steps.length === 1 && {
      [`stops/${name}-nul: stops at a NUL in ${name} -> ${id}-nul`]: stopping(/%00|\\u0000/),
      [`stops/${name}-huge: stops at a huge number in ${name} -> ${id}-huge`]: stopping(/99999999999/),
      [`stops/${name}-text: stops at a text in place of another type in ${name} -> ${id}-text`]: stopping(
        /=bindgate(?:[& ]|$)|:"bindgate"/,
      ),
    }),
    [`stops/${name}-header: writes ${name} into a header -> ${id}-header`]: answering((answer, request) =>
      `${request.path}${bodyText(request)}`.includes(plantedHeader)
        ? withHeaders([plantedHeader, '1'])(answer)
        : answer,
    ),
  };
}

function stopping(pattern: RegExp): Change {
  const crash: ServedResponse = {
    httpStatus: 500,
    headers: [['content-type', 'application/json']],
    body: Buffer.from('{"code":5000,"msg":""}'),
  };
  return answerInstead((body, { path }) => pattern.test(`${path} ${body}`), crash);
}
