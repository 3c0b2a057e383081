import type { CaseRow, DecisiveRequest, Results } from '../../../contract/results.ts';
import { shellQuote } from '../../../contract/shell-quote.ts';
import { makeDefaultDialect } from '../../../spec/dialect.ts';
import type { Operation } from '../../../spec/operation.ts';
import { plural } from '../../../spec/plural.ts';
import { noDocumentedCode, receivedTexts, replayCommand, timesText } from '../words.ts';
import { comparison } from './comparison.ts';
import type { Content, Markup } from './html.ts';
import { asMarkup, html, joinContent } from './html.ts';

/** What all cases of a run share: the operation, and how the run was made. */
export type RunSettings = Pick<Results, 'dialect' | 'declared' | 'seed' | 'replay'> & { readonly operation: Operation };

const briefPreview = 240;
const shortBody = 100;

/** One case in full: given, sent, expected, received, the place in the contract, and how to reproduce it. */
export function fullDetails(row: CaseRow, run: RunSettings): Markup {
  const { decisive } = row;
  const compared =
    decisive === undefined
      ? undefined
      : comparison(decisive, { ...makeDefaultDialect(run.operation), ...run.dialect, declared: run.declared ?? [] });
  return definitionList([
    ['because', row.reason],
    ['times', timesText(row)],
    ['given', row.given],
    ['sent', decisive && sentText(decisive, row.received.length)],
    ...(decisive === undefined || compared === undefined ? outcomeRows(row) : [['answer', compared] as const]),
    ['body', decisive && decisive.received.preview !== '' && block(decisive.received.preview)],
    ['rule', claimText(row, run)],
    ['source', basisText(row)],
    ...settings(row),
    ['request', decisive && requestBlock(decisive)],
    ...commands(row, run),
  ]);
}

/** The details of a row in the table: the same, without what `curl` shows already. */
export function briefDetails(row: CaseRow, run: RunSettings): Markup {
  const { decisive } = row;
  const preview = decisive?.received.preview ?? '';
  return definitionList([
    ['because', row.reason !== undefined && html`<span class="because">${row.reason}</span>`],
    ['times', timesText(row)],
    ['given', row.given],
    // The reason mostly begins with it, and there are many rows.
    ['sent', decisive && row.reason?.startsWith(decisive.what) !== true && sentText(decisive, row.received.length)],
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

function definitionList(rows: readonly (readonly [name: string, value: Content])[]): Markup {
  const present = rows.filter(([, value]) => value !== undefined && value !== false && value !== '');
  return html`<dl class="case">${present.map(([name, value]) => html`<dt>${name}<dd>${value}`)}</dl>`;
}

function outcomeRows({ expected, received, decisive }: CaseRow): readonly (readonly [string, Content])[] {
  const noAnswer = decisive?.received.noAnswer;
  return [
    ['expected', expected.text ?? (expected.codes.length > 0 ? expected.codes.join(' or ') : undefined)],
    ['received', noAnswer === undefined ? receivedTexts(received).join('; ') : `no answer: ${noAnswer}`],
  ];
}

/** The claim behind the case, and its place in docs/operation.md. */
function claimText({ rule }: CaseRow, { operation }: RunSettings): Content {
  if (rule === undefined) return undefined;
  return html`${operation.rules[rule]?.claim} <span class="tag">docs/operation.md#${rule} of bindgate</span>`;
}

/** The dialect settings that decide the case, ready to paste. */
function settings({ dialect }: CaseRow): readonly (readonly [string, Content])[] {
  if (dialect === undefined) return [];
  const line = (setting: string): Content => html`<pre class="copy">--dialect ${shellQuote(setting)}</pre>`;
  return [
    ['to accept it', dialect.accept !== undefined && line(dialect.accept)],
    ['to fail on it', dialect.require !== undefined && line(dialect.require)],
  ];
}

function basisText({ clause, basis, noDocumentedCode: none }: CaseRow): Content {
  return html`${clause ?? 'not recorded'} <span class="tag">${basis}</span>${none === true && html` <span class="tag">${noDocumentedCode}</span>`}`;
}

function sentText({ what, at }: DecisiveRequest, of: number): Content {
  return of > 1 ? `${what} (request ${at} of ${plural(of, 'request')})` : what;
}

function requestBlock({ request }: DecisiveRequest): Content {
  const { method, path, headers, body } = request;
  const head = [`${method} ${path}`, ...headers.map(([name, value]) => `${name}: ${value}`), ''];
  return html`<pre>${joinContent([...head, ...linesOfBody(body)], asMarkup('\n'))}</pre>`;
}

function block(text: string): Content {
  return html`<pre>${joinContent(linesOfBody(text), asMarkup('\n'))}</pre>`;
}

function commands(row: CaseRow, run: RunSettings): readonly (readonly [string, Content])[] {
  const { curl, setUp, curlNote } = row;
  return [
    ['set-up', setUp !== undefined && html`<pre class="copy">${setUp}</pre>`],
    ['curl', curl !== '' && html`<pre class="copy">${curl}</pre>`],
    ['note', curlNote],
    ['replay', html`<pre class="copy">${replayCommand(row, run)}</pre>`],
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
