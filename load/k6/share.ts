/** k6's summary as a share: the numbers that can be added up, without k6's own metrics. */
import { summaryRanks } from '../run/quantiles.ts';
import type { Share } from '../run/share.ts';

type SummaryData = {
  readonly metrics: Readonly<
    Record<string, { readonly type: string; readonly values: Readonly<Record<string, number>> }>
  >;
};

const kept =
  /^(?:code|bucket|window|ended|usual|latency|right|open|wrong|slot|unanswered|stale)_|^(?:unanswered|iterations|http_reqs|dropped_iterations|data_sent|http_req_duration)$/;
const codeSlot = /^slot_code_/;

/** The counters and distributions that have values. */
export function toShare({ metrics }: SummaryData, header: unknown): Share {
  const own = Object.entries(metrics).filter(([name, { values }]) => kept.test(name) && (values['count'] ?? 0) > 0);
  const ofType = (type: string): typeof own => own.filter(([, metric]) => metric.type === type);
  const counters = Object.fromEntries(ofType('counter').map(([name, { values }]) => [name, values['count'] ?? 0]));
  return {
    schema: 'bindgate.load-share/1',
    run: header as Share['run'],
    counters: withUnlistedCodes(counters, ofType('trend')),
    distributions: Object.fromEntries(
      ofType('trend')
        .filter(([name]) => !codeSlot.test(name))
        .map(([name, { values }]) => [
          name,
          {
            count: values['count'] ?? 0,
            values: summaryRanks.map((rank) => Math.round((values[`p(${rank})`] ?? 0) * 1e4) / 1e4),
          },
        ]),
    ),
  };
}

/** If the least and the greatest code of a slot are equal, the slot has one code. All others stay in `code_other`. */
function withUnlistedCodes(
  counters: Readonly<Record<string, number>>,
  trends: readonly (readonly [string, { readonly values: Readonly<Record<string, number>> }])[],
): Readonly<Record<string, number>> {
  const named = trends.flatMap(([name, { values }]) => {
    const [count = 0, least, greatest] = [values['count'], values['p(0)'], values['p(100)']];
    return codeSlot.test(name) && least === greatest ? [[`code_${least}`, count] as const] : [];
  });
  if (named.length === 0) return counters;
  const { code_other: all = 0, ...others } = counters;
  const left = all - named.reduce((sum, [, count]) => sum + count, 0);
  return { ...others, ...Object.fromEntries(named), ...(left > 0 ? { code_other: left } : {}) };
}
