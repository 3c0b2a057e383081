import type { CheckedAnswers } from '../../contract/vectors.ts';
import { firstItems } from '../../spec/first-items.ts';
import type { Terminal } from '../terminal.ts';
import { labelled } from './table.ts';

const mostShown = 10;

/** Checked answers as text: each wrong one with the right value and the cause, then what is missing, then the counts. */
export function vectorsText({ right, wrong, missing, unknown }: CheckedAnswers, style: Terminal['style']): string {
  const shown = wrong.slice(0, mostShown).flatMap(({ id, answer, expected, why }) => [
    `${style('red', 'WRONG')}    ${style('bold', id)}`,
    ...labelled([
      ['answer', answer === '' ? '(empty)' : answer],
      ['expected', expected],
      ['why', why],
    ]),
  ]);
  const more = wrong.slice(mostShown).map(({ id }) => id);
  const counts = [
    `${right} right`,
    `${wrong.length} wrong`,
    `${missing.length} missing`,
    ...(unknown.length > 0 ? [`${unknown.length} unknown`] : []),
  ].join(', ');
  const good = wrong.length + missing.length + unknown.length === 0;
  return [
    ...shown,
    ...listed('WRONG', more),
    ...listed('MISSING', missing),
    ...listed('UNKNOWN', unknown),
    style(good ? ['green', 'bold'] : ['red', 'bold'], counts),
  ].join('\n');
}

function listed(word: string, ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return [];
  return [`${word.padEnd(8)} ${firstItems(ids, mostShown)}`];
}
