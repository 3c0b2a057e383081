import { classifyMediaType, describeCode, describeExpected } from '../../../contract/judge/judge.ts';
import type { CaseRow, DecisiveRequest, Results } from '../../../contract/results.ts';
import { shellQuote } from '../../../contract/shell-quote.ts';
import { type Dialect, makeDefaultDialect } from '../../../spec/dialect.ts';
import { type CodeClass, classifyCode, refusesOverHttp } from '../../../spec/expectation.ts';
import type { Operation } from '../../../spec/operation.ts';
import { plural } from '../../../spec/plural.ts';
import { noDocumentedCode, receivedTexts, replayCommand, timesText } from '../words.ts';
import { type Entry, icon, presentEntries } from './elements.ts';
import { asMarkup, type Content, html, joinContent, type Markup } from './html.ts';

/** The results of a run, with its operation. */
export type ReportedRun = Results & { readonly operation: Operation };

const briefPreview = 240;
const shortBody = 100;

/** One case in full: given, sent, expected, received, the place in the contract, and how to reproduce it. */
export function fullDetails(row: CaseRow, run: ReportedRun): Markup {
  const { decisive, rule, dialect } = row;
  const { operation, declared = [] } = run;
  const compared = decisive && comparison(decisive, { ...makeDefaultDialect(operation), ...run.dialect, declared });
  return definitionList([
    ['because', row.reason],
    ['times', timesText(row)],
    ['given', row.given],
    ['sent', decisive && sentText(decisive, row.received.length)],
    ...(compared === undefined ? outcomeRows(row) : [['answer', compared] as const]),
    ['body', decisive && decisive.received.preview !== '' && block(linesOfBody(decisive.received.preview))],
    [
      'rule',
      rule !== undefined &&
        html`${operation.rules[rule]?.claim} <span class="tag">docs/operation.md#${rule} of bindgate</span>`,
    ],
    ['source', basisText(row)],
    ['to accept it', dialect?.accept !== undefined && copyBlock(`--dialect ${shellQuote(dialect.accept)}`)],
    ['to fail on it', dialect?.require !== undefined && copyBlock(`--dialect ${shellQuote(dialect.require)}`)],
    ['request', decisive && requestBlock(decisive)],
    ...commands(row, run),
  ]);
}

/** The details of a row in the table: the same, without what `curl` shows already. */
export function briefDetails(row: CaseRow, run: ReportedRun): Markup {
  const { decisive, reason } = row;
  const preview = decisive?.received.preview ?? '';
  return definitionList([
    ['because', reason !== undefined && html`<span class="because">${reason}</span>`],
    ['times', timesText(row)],
    ['given', row.given],
    // The reason mostly begins with it, and there are many rows.
    ['sent', decisive && reason?.startsWith(decisive.what) !== true && sentText(decisive, row.received.length)],
    ...outcomeRows(row),
    [
      'body',
      preview !== '' &&
        html`<code>${preview.length > briefPreview ? `${preview.slice(0, briefPreview)}…` : preview}</code>`,
    ],
    ['source', basisText(row)],
    ...commands(row, run),
  ]);
}

function definitionList(rows: readonly Entry[]): Markup {
  return html`<dl class="case">${presentEntries(rows).map(([name, value]) => html`<dt>${name}<dd>${value}`)}</dl>`;
}

function outcomeRows({ expected, received, decisive }: CaseRow): readonly Entry[] {
  const noAnswer = decisive?.received.noAnswer;
  return [
    ['expected', expected.text ?? expected.codes.join(' or ')],
    ['received', noAnswer === undefined ? receivedTexts(received).join('; ') : `no answer: ${noAnswer}`],
  ];
}

function basisText({ clause, basis, noDocumentedCode: none }: CaseRow): Content {
  return html`${clause ?? 'not recorded'} <span class="tag">${basis}</span>${none === true && html` <span class="tag">${noDocumentedCode}</span>`}`;
}

function sentText({ what, at }: DecisiveRequest, of: number): Content {
  return of > 1 ? `${what} (request ${at} of ${plural(of, 'request')})` : what;
}

function requestBlock({ request: { method, path, headers, body } }: DecisiveRequest): Content {
  return block([`${method} ${path}`, ...headers.map(([name, value]) => `${name}: ${value}`), '', ...linesOfBody(body)]);
}

function block(lines: readonly string[]): Content {
  return html`<pre>${joinContent(lines, asMarkup('\n'))}</pre>`;
}

function copyBlock(command: string): Content {
  return html`<pre class="copy">${command}</pre>`;
}

function commands(row: CaseRow, run: ReportedRun): readonly Entry[] {
  const { curl, setUp, curlNote } = row;
  return [
    ['set-up', setUp !== undefined && copyBlock(setUp)],
    ['curl', curl !== '' && copyBlock(curl)],
    ['note', curlNote],
    ['replay', copyBlock(replayCommand(row, run))],
  ];
}

/** Splits JSON into lines if only white space changes; returns any other text unchanged. */
function linesOfBody(text: string): readonly string[] {
  if (text.length <= shortBody) return [text];
  try {
    const value: unknown = JSON.parse(text);
    const lines = JSON.stringify(value, undefined, 2).split('\n');
    // Parsing changes duplicate keys and long numbers; deep nesting would be mostly indentation.
    return JSON.stringify(value) === text && lines.length <= 60 ? lines : [text];
  } catch {
    return [text];
  }
}

/** One property of an answer; the verdict is `open` if another reading of the document explains it. */
type Line = readonly [name: string, expected: string, actual: string, verdict: CodeClass];

/** A table of expected and received values with marked differences; undefined if status, code and media type agree. */
function comparison(decisive: DecisiveRequest, dialect: Dialect): Markup | undefined {
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
