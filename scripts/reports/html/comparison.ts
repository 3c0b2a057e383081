import { classifyMediaType, describeCode, describeExpected } from '../../../contract/judge/judge.ts';
import type { DecisiveRequest } from '../../../contract/results.ts';
import type { Dialect } from '../../../spec/dialect.ts';
import type { CodeClass } from '../../../spec/expectation.ts';
import { classifyCode, refusesOverHttp } from '../../../spec/expectation.ts';
import { icon } from './elements.ts';
import type { Markup } from './html.ts';
import { html } from './html.ts';

/** One property of an answer; the verdict is `open` if another reading of the document explains it. */
type Line = readonly [name: string, expected: string, actual: string, verdict: CodeClass];

/** A table of expected and received values with marked differences; undefined if status, code and media type agree. */
export function comparison(decisive: DecisiveRequest, dialect: Dialect): Markup | undefined {
  const lines = comparedLines(decisive, dialect);
  if (lines.every(([, , , verdict]) => verdict === 'right')) return undefined;
  return html`<table class="comparison">
    <caption class="unseen">Expected and received</caption>
    <thead><tr><td></td><th scope="col">expected</th><th scope="col">received</th></tr></thead>
    <tbody>${lines.map(
      ([name, expected, actual, verdict]) => html`<tr class="${verdict}">
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
    return [['answer', 'a complete answer', `none: ${noAnswer ?? 'reason unknown'}`, 'wrong']];
  }
  const refusedOverHttp = refusesOverHttp(httpStatus, expected);
  const anyStatus = dialect.refusalStatus === 'any';
  const rightStatus = httpStatus === 200 || refusedOverHttp || (anyStatus && httpStatus >= 400);
  const codeVerdict = code === null ? 'wrong' : classifyCode(code, expected, dialect);
  return [
    [
      'HTTP status',
      expected.overHttp === true || anyStatus ? '200 or 4xx' : '200',
      String(httpStatus),
      rightStatus ? 'right' : 'wrong',
    ],
    [
      'code',
      describeExpected(expected, dialect),
      code === null ? 'none' : describeCode(code, dialect),
      refusedOverHttp ? 'right' : codeVerdict,
    ],
    ['media type', 'JSON', mediaType ?? 'none', refusedOverHttp ? 'right' : classifyMediaType(mediaType ?? '')],
  ];
}
