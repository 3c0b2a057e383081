import type { Progress } from '../../load/run/measure.ts';

/** The progress of a load run on one line: phase, rate, codes and remaining time. */
export function progressText({ phase, seconds, of, requests, ratePerSecond, codes }: Progress): string {
  if (seconds === undefined || of === undefined) return `load  ${phase}`;
  const counted = (codes ?? []).map(([code, count]) => `${code} ×${count}`).join(' ');
  const left = Math.max(0, Math.ceil(of - seconds));
  return `load  ${phase} · ${requests ?? 0} requests, ${Math.round(ratePerSecond ?? 0)}/s · ${counted || 'no answer yet'} · ${left} s left`;
}
