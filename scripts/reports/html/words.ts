import type { CaseRow } from '../../../contract/results.ts';

/** What views show for the code of a case whose fault has none in the document. */
export const noDocumentedCode = 'no documented code';

/** A count with its noun: `1 case`, `2 cases`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A time for people: `4.3 ms`, `215 ms`, `9.45 s`. */
export function duration(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return `${ms >= 100 ? Math.round(ms) : ms.toFixed(1)} ms`;
}

/** A moment for people, in UTC: `2026-11-24 21:12:09 UTC`; as it stands where it is none. */
export function when(iso: string): string {
  const moment = new Date(iso);
  return Number.isNaN(moment.getTime()) ? iso : `${moment.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The id of a case's row, which is its deep link. */
export function anchorOf(id: string): string {
  return `case-${id}`;
}

/** What came back, equal answers together: `HTTP 200, code 5361 ×2`. */
export function receivedOf(received: CaseRow['received']): readonly string[] {
  const counts = new Map<string, number>();
  for (const { httpStatus, code } of received) {
    const answer =
      httpStatus === null ? 'no answer' : `HTTP ${httpStatus}, ${code === null ? 'no code' : `code ${code}`}`;
    counts.set(answer, (counts.get(answer) ?? 0) + 1);
  }
  return [...counts].map(([answer, count]) => (count === 1 ? answer : `${answer} ×${count}`));
}

/** The same for a cell: codes, or the HTTP status where there is none. */
export function briefly(received: CaseRow['received']): string {
  const all = new Set(
    received.map(({ httpStatus, code }) => String(code ?? (httpStatus === null ? 'no answer' : `HTTP ${httpStatus}`))),
  );
  return all.size > 3 ? `${[...all].slice(0, 3).join(', ')}, …` : [...all].join(', ');
}
