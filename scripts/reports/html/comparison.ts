import { describeCode, describeExpected, labelStanding } from '../../../contract/judge/judge.ts';
import type { DecisiveRequest } from '../../../contract/results.ts';
import type { Dialect } from '../../../spec/dialect.ts';
import type { Expectation } from '../../../spec/expectation.ts';
import { standing } from '../../../spec/expectation.ts';
import type { Markup } from './html.ts';
import { html } from './html.ts';
import { icon } from './icons.ts';

/** One thing that was expected of an answer, and what came; `open` where another reading of the document explains it. */
type Line = {
  readonly name: string;
  readonly due: string;
  readonly came: string;
  readonly stands: 'right' | 'open' | 'wrong';
};

/** Expected beside received, what differs marked; undefined where neither status nor code nor media type differs. */
export function comparison(decisive: DecisiveRequest, dialect: Dialect): Markup | undefined {
  const lines = linesOf(decisive, dialect);
  if (!lines.some(({ stands }) => stands !== 'right')) return undefined;
  return html`<table class="comparison">
    <caption class="unseen">Expected and received</caption>
    <thead><tr><td></td><th scope="col">expected</th><th scope="col">received</th></tr></thead>
    <tbody>${lines.map(
      ({ name, due, came, stands }) => html`<tr class="${stands}">
        <th scope="row">${name}</th>
        <td>${due}</td>
        <td>${stands !== 'right' && html`${icon(stands === 'open' ? 'warned' : 'failed')}<span class="unseen">differs: </span>`}${came}</td>
      </tr>`,
    )}</tbody>
  </table>`;
}

function linesOf({ expected, received }: DecisiveRequest, dialect: Dialect): readonly Line[] {
  const { httpStatus, code, noAnswer, mediaType } = received;
  if (noAnswer !== undefined || httpStatus === null) {
    return [
      { name: 'answer', due: 'a whole answer', came: `none: ${noAnswer ?? 'it is not known why'}`, stands: 'wrong' },
    ];
  }
  const refusedOverHttp = expected.overHttp === true && httpStatus >= 400 && httpStatus < 500;
  const anyStatus = dialect.refusalStatus === 'any';
  const [only] = expected.codes;
  const due =
    expected.codes.length === 1 && only !== undefined && only !== 200 && !expected.anyRefusal
      ? describeCode(only, dialect)
      : describeExpected(expected);
  return [
    {
      name: 'HTTP status',
      due: expected.overHttp === true || anyStatus ? '200 or 4xx' : '200',
      came: String(httpStatus),
      stands: httpStatus === 200 || refusedOverHttp || (anyStatus && httpStatus >= 400) ? 'right' : 'wrong',
    },
    {
      name: 'code',
      due,
      came: code === null ? 'none' : describeCode(code, dialect),
      stands: refusedOverHttp ? 'right' : standingOf(code, expected, dialect),
    },
    {
      name: 'media type',
      due: 'JSON',
      came: mediaType ?? 'none',
      stands: refusedOverHttp ? 'right' : labelStanding(mediaType ?? ''),
    },
  ];
}

function standingOf(code: number | null, expected: Expectation, dialect: Dialect): Line['stands'] {
  return code === null ? 'wrong' : standing(code, expected, dialect);
}
