/** A k6 script that sends nothing and counts answers with latencies that depend only on their numbers. */
import exec from 'k6/execution';
import { count, handleSummary, options } from '../k6/send.ts';
import { fixedLatency } from './latencies.ts';

export function signed(): void {
  const duration = fixedLatency(exec.scenario.iterationInTest);
  count({ status: 200, body: '{"code":200}', timings: { duration } }, 0, 0);
}

export { handleSummary, options };
