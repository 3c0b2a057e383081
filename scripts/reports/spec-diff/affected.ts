import { inert } from '../../../contract/inert.ts';
import type { Affected } from '../../../contract/suite.ts';
import type { Terminal } from '../../terminal.ts';

const shownGroups = 12;

/** The cases that need work for each change, grouped by id. */
export function affectedText(affected: readonly Affected[], style: Terminal['style']): readonly string[] {
  if (affected.length === 0) return [];
  return ['', style('bold', 'cases that need work'), ...affected.flatMap(block)];
}

function block({ change, cases, because, todo }: Affected): readonly string[] {
  return [
    `  ${inert(change, 240)}`,
    ...(cases.length === 0 ? [] : [`    cases     ${cases.length}: ${groups(cases)}`]),
    ...(because === undefined ? [] : [`    because   ${because}`]),
    ...todo.map((line) => `    to do     ${line}`),
  ];
}

/** `signature/ (37), path/ (12)`: groups for `verify --only`. */
function groups(cases: readonly string[]): string {
  const byGroup = Map.groupBy(cases, (id) => `${id.split('/')[0]}/`);
  const told = [...byGroup]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([group, ids]) => `${group} (${ids.length})`);
  const more = told.length - shownGroups;
  return [...told.slice(0, shownGroups), ...(more > 0 ? [`and ${more} more groups`] : [])].join(', ');
}
