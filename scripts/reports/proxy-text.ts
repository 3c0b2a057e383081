import { describeCode } from '../../contract/judge/judge.ts';
import type { Judged } from '../../contract/proxy/judge-exchange.ts';
import type { Remark } from '../../contract/proxy/remark.ts';
import type { Proxied } from '../../contract/proxy/start-proxy.ts';
import type { Group, Tally } from '../../contract/proxy/tally.ts';
import type { Dialect } from '../../spec/dialect.ts';
import { firstItems } from '../../spec/first-items.ts';
import { plural } from '../../spec/plural.ts';
import type { Terminal } from '../terminal.ts';
import { table } from './table.ts';

/** Hides the secrets of an exchange and makes its text one harmless line. */
type Clean = (text: string, max?: number) => string;

const words = { wrong: 'WRONG', warning: 'warning', note: 'note' } as const;
const colours = { wrong: 'red', warning: 'yellow', note: 'dim' } as const;

/** An exchange and what was noticed about it, harmless and without secrets. */
function showExchange({ request, exchange, sentAt }: Proxied, judged: Judged, dialect: Dialect, clean: Clean) {
  const { ofOperation, code } = judged;
  const [path = ''] = request.path.split('?');
  const { durationMs } = exchange.kind === 'answer' ? exchange.response : exchange;
  const cleanRemark = ({ kind, about, says, fix }: Remark): Remark => ({
    kind,
    about,
    says: clean(says, 400),
    ...(fix === undefined ? {} : { fix: clean(fix, 400) }),
  });
  return {
    at: sentAt.toISOString(),
    method: clean(request.method),
    path: clean(path),
    ofOperation,
    httpStatus: exchange.kind === 'answer' ? exchange.response.httpStatus : null,
    code: code ?? null,
    ...(code === undefined || !ofOperation ? {} : { meaning: describeCode(code, dialect) }),
    ms: Math.round(durationMs),
    ...(exchange.kind === 'answer' ? {} : { noAnswer: clean(exchange.detail) }),
    request: judged.request.map(cleanRemark),
    answer: judged.answer.map(cleanRemark),
  };
}

/** One exchange: a line with its result, then what was noticed about the request and the answer. */
export function exchangeText(
  proxied: Proxied,
  judged: Judged,
  dialect: Dialect,
  clean: Clean,
  style: Terminal['style'],
): string {
  const shown = showExchange(proxied, judged, dialect, clean);
  const parts = [
    // The time of day of this machine: 12:01:07.
    proxied.sentAt.toTimeString().slice(0, 8),
    `${shown.method} ${shown.path}`,
    shown.noAnswer === undefined ? `HTTP ${shown.httpStatus}` : `no answer: ${shown.noAnswer}`,
    ...(shown.meaning === undefined ? [] : [`code ${shown.meaning}`]),
    `${shown.ms} ms`,
    ...(shown.ofOperation ? [] : ['another operation: not checked']),
  ];
  const remarks = (['request', 'answer'] as const).flatMap((side) =>
    shown[side].flatMap(({ kind, about, says, fix }) => {
      const place = about === side ? side : `${side} ${about}`;
      const head = `    ${style(colours[kind], words[kind].padEnd(7))}  ${place}: ${says}`;
      return fix === undefined ? [head] : [head, `             fix: ${fix}`];
    }),
  );
  return [parts.join('  '), ...remarks].join('\n');
}

/** One exchange as a JSON object. */
export function exchangeJson(proxied: Proxied, judged: Judged, dialect: Dialect, clean: Clean): object {
  return { schema: 'bindgate.proxy/1', kind: 'exchange', ...showExchange(proxied, judged, dialect, clean) };
}

/** The summary at the end. */
export function tallyText(tally: Tally, dialect: Dialect, clean: Clean, style: Terminal['style']): string {
  const { exchanges, ofOperation, unanswered, unchecked, wrongRequests, refused, brokenAnswers, codes } = tally;
  const ofCodes = [...codes].sort(([, a], [, b]) => b - a).map(([code, n]) => `${describeCode(code, dialect)} ×${n}`);
  return [
    style('bold', `${plural(exchanges, 'exchange')}, ${ofOperation} of ${dialect.operation.id}`),
    ...(unanswered === 0 ? [] : [style('yellow', `${unanswered} without an answer of the server`)]),
    ...(unchecked === 0 ? [] : [style('yellow', `${unchecked} not checked: they came too fast`)]),
    wrongRequests === 0
      ? style('green', 'no request was wrong')
      : style('red', `${plural(wrongRequests, 'wrong request')}, ${refused} refused by the server`),
    ...groupLines(tally.requests, true),
    brokenAnswers === 0
      ? style('green', 'no answer broke the contract')
      : style('red', `${plural(brokenAnswers, 'answer')} broke the contract`),
    ...groupLines(tally.answers, false),
    ...(ofCodes.length === 0 ? [] : [`codes: ${firstItems(ofCodes, 12)}`]),
  ].join('\n');

  function groupLines(groups: ReadonlyMap<string, Group>, withCodes: boolean): readonly string[] {
    const most = [...groups.values()].sort((a, b) => b.count - a.count).slice(0, 20);
    const rows = most.map(({ says, count, codes: got }) => {
      const answers = [...got].map((code) => (code === undefined ? 'no code' : String(code)));
      return [String(count), clean(says, 300) + (withCodes ? ` (got ${firstItems(answers, 5)})` : '')];
    });
    const left = groups.size - most.length;
    return [...table(rows, [1]), ...(left > 0 ? [`  and ${left} more`] : [])];
  }
}

/** The summary as a JSON object. */
export function tallyJson(tally: Tally, clean: Clean): object {
  const groups = (all: ReadonlyMap<string, Group>): readonly object[] =>
    [...all.values()].map(({ says, count, codes: got }) => ({
      says: clean(says, 400),
      count,
      codes: [...got].map((code) => code ?? null),
    }));
  const { codes, requests, answers, ...counts } = tally;
  return {
    schema: 'bindgate.proxy/1',
    kind: 'summary',
    ...counts,
    codes: Object.fromEntries(codes),
    requests: groups(requests),
    answers: groups(answers),
  };
}
