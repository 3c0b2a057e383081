/** k6's summary as a share: the numbers that can be added up, without what k6 says about itself. */
import { summaryRanks } from '../quantiles.ts';
import type { Share } from '../share.ts';

/** The part of k6's summary data that is read. */
type SummaryData = {
  readonly metrics: Readonly<
    Record<string, { readonly type: string; readonly values: Readonly<Record<string, number>> }>
  >;
};

const kept =
  /^(?:code|bucket|window|usual|latency|right|open|wrong|slot)_|^(?:unanswered|iterations|http_reqs|dropped_iterations|data_sent|http_req_duration)$/;

/** The counters and distributions that anybody counted into. */
export function shareOf({ metrics }: SummaryData, header: unknown): Share {
  const own = Object.entries(metrics).filter(([name, { values }]) => kept.test(name) && (values['count'] ?? 0) > 0);
  const ofType = (type: string): typeof own => own.filter(([, metric]) => metric.type === type);
  return {
    schema: 'bindgate.load-share/1',
    run: header as Share['run'],
    counters: Object.fromEntries(ofType('counter').map(([name, { values }]) => [name, values['count'] ?? 0])),
    distributions: Object.fromEntries(
      ofType('trend').map(([name, { values }]) => [
        name,
        {
          count: values['count'] ?? 0,
          values: summaryRanks.map((rank) => Math.round((values[`p(${rank})`] ?? 0) * 1e4) / 1e4),
        },
      ]),
    ),
  };
}
