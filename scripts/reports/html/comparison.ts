import { classifyMediaType, describeCode, describeExpected } from '../../../contract/judge/judge.ts';
import type { DecisiveRequest } from '../../../contract/results.ts';
import type { Dialect } from '../../../spec/dialect.ts';
import type { Expectation } from '../../../spec/expectation.ts';
import { classifyCode, refusesOverHttp } from '../../../spec/expectation.ts';
import type { Markup } from './html.ts';
import { html } from './html.ts';
import { icon } from './icons.ts';

/** One property of an answer, expected and actual; `open` if another reading of the document explains it. */
type Line = {
  readonly name: string;
  readonly expected: string;
  readonly actual: string;
  readonly verdict: 'right' | 'open' | 'wrong';
};

/** A table of expected and received values with marked differences; undefined if status, code and media type agree. */
export function comparison(decisive: DecisiveRequest, dialect: Dialect): Markup | undefined {
  const lines = comparedLines(decisive, dialect);
  if (!lines.some(({ verdict }) => verdict !== 'right')) return undefined;
  return html`<table class="comparison">
    <caption class="unseen">Expected and received</caption>
    <thead><tr><td></td><th scope="col">expected</th><th scope="col">received</th></tr></thead>
    <tbody>${lines.map(
      ({ name, expected, actual, verdict }) => html`<tr class="${verdict}">
        <th scope="row">${name}</th>
        <td>${expected}</td>
        <td>${verdict !== 'right' && html`${icon(verdict === 'open' ? 'warned' : 'failed')}<span class="unseen">differs: </span>`}${actual}</td>
      </tr>`,
    )}</tbody>
  </table>`;
}

function comparedLines({ expected, received }: DecisiveRequest, dialect: Dialect): readonly Line[] {
  const { httpStatus, code, noAnswer, mediaType } = received;
  if (noAnswer !== undefined || httpStatus === null) {
    return [
      {
        name: 'answer',
        expected: 'a complete answer',
        actual: `none: ${noAnswer ?? 'reason unknown'}`,
        verdict: 'wrong',
      },
    ];
  }
  const refusedOverHttp = refusesOverHttp(httpStatus, expected);
  const anyStatus = dialect.refusalStatus === 'any';
  return [
    {
      name: 'HTTP status',
      expected: expected.overHttp === true || anyStatus ? '200 or 4xx' : '200',
      actual: String(httpStatus),
      verdict: httpStatus === 200 || refusedOverHttp || (anyStatus && httpStatus >= 400) ? 'right' : 'wrong',
    },
    {
      name: 'code',
      expected: describeExpected(expected, dialect),
      actual: code === null ? 'none' : describeCode(code, dialect),
      verdict: refusedOverHttp ? 'right' : classifyReceived(code, expected, dialect),
    },
    {
      name: 'media type',
      expected: 'JSON',
      actual: mediaType ?? 'none',
      verdict: refusedOverHttp ? 'right' : classifyMediaType(mediaType ?? ''),
    },
  ];
}

function classifyReceived(code: number | null, expected: Expectation, dialect: Dialect): Line['verdict'] {
  return code === null ? 'wrong' : classifyCode(code, expected, dialect);
}
