import { idOf } from '../../../generators/family/declared/forms.ts';
import { setField } from '../../../generators/family/declared/request.ts';
import { type BuiltRequest, type Json, type RequestContext, withHttp, withText } from '../../../generators/request.ts';
import { type Expectation, eitherWay, refusedAnyhow, refusedWith } from '../../../spec/expectation.ts';
import { type DeclaredField, leaves } from '../../../spec/family/declared/model.ts';
import { plantedHeader } from '../../judge/leak.ts';
import type { Case } from '../../run/case.ts';
import type { Maker } from './steps.ts';

type Corrupt = (built: BuiltRequest, context: RequestContext) => BuiltRequest;

const deep = 100_000;

/** Requests that the page does not mention: refused or accepted without a 5xx, and without an effect on the next one. */
export function robustnessCases(maker: Maker): readonly Case[] {
  const { declared, tested, build, afterwards } = maker;
  const robust = (name: string, title: string, rule: string, expect: Expectation, corrupt: Corrupt): Case =>
    tested(
      `robustness/${name}`,
      `${rule === 'lenient' ? 'handles' : 'rejects'} ${title}`,
      rule,
      [
        {
          what: title,
          requests: (context) => [withHttp(corrupt(build(context), context), { ownConnection: true })],
          expect: () => expect,
          prompt: true,
          // A server need not read all of a deep body.
          ...(name === 'deep' && { mayHangUp: true as const }),
        },
        // The request may have been about another device.
        afterwards('a correct request right afterwards', 'another device'),
      ],
      { strains: true },
    );
  const either = (name: string, title: string, corrupt: Corrupt): Case =>
    robust(name, title, 'lenient', eitherWay, corrupt);
  const refuse = (name: string, title: string, text: string): Case =>
    robust(name, title, 'robust', refusedAnyhow, (built) =>
      withText(built, text, text.length > 200 ? `${text.length} bytes` : text),
    );
  const json = declared.body === 'json' && declared.fields.some(({ always, place }) => always && place === 'body');
  return [
    ...(json
      ? [
          refuse('not-json', 'a body that is not JSON', 'pk=p1'),
          refuse('truncated', 'a truncated body', '{"pk":"p1'),
          refuse('empty', 'an empty body', ''),
          refuse('number', 'a number as the body', '5361'),
          refuse('deep', `a body of ${deep} nested lists`, '['.repeat(deep) + ']'.repeat(deep)),
        ]
      : []),
    either('unknown-parameter', 'an unknown parameter', (built) => withQuery(built, 'bindgateUnknown=1')),
    either('bad-percent', 'a parameter with a wrong percent sign', (built) => withQuery(built, 'bindgateUnknown=%zz')),
    either('invalid-utf-8', 'a parameter with invalid UTF-8', (built) => withQuery(built, 'bindgateUnknown=%ff%fe')),
    either('long-parameter', 'a parameter of 6,000 characters', (built) =>
      withQuery(built, `bindgateUnknown=${'n'.repeat(6_000)}`),
    ),
    ...fieldCases(maker, either),
    ...(declared.declaration.checks.some(({ token }) => token === 'missing') ? [tokenInQuery(maker)] : []),
  ];
}

/** Values of a wrong type or with unusual characters: name, title, value, and whether it suits a field. */
const values: readonly (readonly [string, string, Json, (field: DeclaredField) => boolean])[] = [
  ['nul', 'a NUL', 'a\u0000b', ({ type }) => type === 'string'],
  ['header', 'a line break and a header', `a\r\n${plantedHeader}: 1\r\n`, ({ type }) => type === 'string'],
  ['text', 'a text', 'bindgate', ({ type }) => type !== 'string'],
  ['huge', 'a huge number', 99_999_999_999, ({ type }) => type === 'integer'],
  ['negative', 'a negative number', -1, ({ type }) => type === 'integer'],
  ['object', 'an object', { a: 1 }, ({ place }) => place === 'body'],
];

function fieldCases(
  { declared, build }: Maker,
  either: (name: string, title: string, corrupt: Corrupt) => Case,
): readonly Case[] {
  return leaves(declared)
    .filter(({ place, steps }) => !['path', 'header', 'cookie'].includes(place) && steps.length === 1)
    .flatMap((field) =>
      values
        .filter(([, , , suits]) => suits(field))
        .map(([name, title, value]) =>
          either(`${idOf(field)}-${name}`, `${title} in ${field.name}`, (_, context) =>
            build(context, [setField(field, () => value)]),
          ),
        ),
    );
}

/** A token in a URL is in every log. */
function tokenInQuery({ declared, tested, build }: Maker): Case {
  const code = declared.declaration.checks.find(({ token }) => token === 'missing')?.code ?? 0;
  const step = {
    what: 'a token in the query',
    requests: (context: RequestContext): readonly BuiltRequest[] => {
      const token = encodeURIComponent(context.fixture['token'] ?? '');
      const built = build(context, [{ at: 'token', apply: () => undefined }]);
      return [withQuery(withQuery(built, `token=${token}`), `access_token=${token}`)];
    },
    expect: () => refusedWith(code),
  };
  return tested('token/in-query', 'rejects a token in the query', 'token-in-header', [step], { code });
}

function withQuery(built: BuiltRequest, pair: string): BuiltRequest {
  const { path } = built.http;
  return withHttp(built, { path: `${path}${path.includes('?') ? '&' : '?'}${pair}` });
}
