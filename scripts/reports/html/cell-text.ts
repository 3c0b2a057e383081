import type { CaseRow } from '../../../contract/results.ts';

/** A time for people: `4.3 ms`, `215 ms`, `9.45 s`. */
export function durationText(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return `${ms >= 100 ? Math.round(ms) : ms.toFixed(1)} ms`;
}

/** A moment for people, in UTC: `2026-11-24 21:12:09 UTC`; as it stands where it is none. */
export function dateText(iso: string): string {
  const moment = new Date(iso);
  return Number.isNaN(moment.getTime()) ? iso : `${moment.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The id of a case's row, which is its deep link. */
export function caseAnchor(id: string): string {
  return `case-${id}`;
}

/** What came back for a cell: codes, or the HTTP status where there is none. */
export function shortReceived(received: CaseRow['received']): string {
  const all = new Set(
    received.map(({ httpStatus, code }) => String(code ?? (httpStatus === null ? 'no answer' : `HTTP ${httpStatus}`))),
  );
  return all.size > 3 ? `${[...all].slice(0, 3).join(', ')}, …` : [...all].join(', ');
}
