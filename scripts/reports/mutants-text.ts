import { inert } from '../../contract/inert.ts';
import type { Detection } from '../../contract/mutants/detect.ts';
import type { MutantSet } from '../../contract/mutants/mutant.ts';
import type { MutantResult } from '../../contract/mutants/run-mutant.ts';
import type { Alarm } from '../../contract/mutants.generated.ts';
import type { Terminal } from '../terminal.ts';

const widest = { id: 38, what: 66 };
/** How many alarms of one server are shown. */
const mostShown = 12;

/** The measurement as text: one line for each server, then the survivors, then the counts. */
export function mutantsText(
  { mutants, right, seed, durationMs, interrupted }: Detection,
  { variants: known }: Pick<MutantSet, 'variants'>,
  style: Terminal['style'],
): string {
  const differs = new Map<string | number, string>(known.map((variant) => [variant.id, variant.differs]));
  const variants = right.filter(({ server }) => typeof server === 'string');
  const missed = mutants.filter(({ outcome }) => outcome !== 'killed');
  const alarmed = right.filter(({ alarms }) => alarms.length > 0);
  const alarmedVariants = alarmed.filter((result) => variants.includes(result)).length;
  const bad = (word: string): string => style(['red', 'bold'], word);

  const mutantRows = mutants.map(({ mutant: { id, breaks }, outcome, killedBy }) =>
    row(id, breaks, outcome === 'killed' ? killedBy.join(', ') : bad(outcome.toUpperCase())),
  );
  const variantRows = variants.map(({ server, alarms }) => {
    const ids = inert(alarms.map(({ id }) => id).join(', '), 120);
    return row(
      String(server),
      differs.get(server) ?? '',
      alarms.length === 0 ? 'silent' : `${bad('FALSE ALARM')} ${ids}`,
    );
  });
  const alarmTexts = alarmed.map(({ server, alarms }) => {
    const isRandom = typeof server === 'number';
    const name = isRandom
      ? `random server ${server} of seed ${seed}`
      : `${server}: a server that ${differs.get(server)}`;
    return [`  ${name}`, ...alarms.slice(0, mostShown).flatMap(alarmRows), ...more(alarms.length)].join('\n');
  });
  const blocks = [
    { title: 'mutants', rows: mutantRows },
    { title: 'variants', rows: variantRows },
    { title: 'survived', rows: missed.map(missedText) },
    { title: 'false alarms', rows: alarmTexts },
  ]
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }) => [style('bold', title), ...rows].join('\n'));

  const silent = variants.length - alarmedVariants;
  const random = right.length - variants.length;
  const counts = [
    mutants.length > 0 &&
      `${mutants.length - missed.length} of ${mutants.length} mutants killed, ${missed.length} survived`,
    variants.length > 0 && `${silent} of ${variants.length} variants silent, ${alarmedVariants} false alarms`,
    random > 0 &&
      `${random} random conforming servers (seed ${seed}), ${alarmed.length - alarmedVariants} false alarms`,
  ].filter((text) => text !== false);
  const ok = missed.length + alarmed.length === 0 && !interrupted;
  const seen = ok ? 'all detected' : 'NOT ALL DETECTED';
  const word = style([ok ? 'green' : 'red', 'bold'], interrupted ? 'INTERRUPTED' : seen);
  return [...blocks, `${word}\n${counts.join(' · ')} in ${(durationMs / 1000).toFixed(1)} s`].join('\n\n');
}

function row(id: string, what: string, end: string): string {
  return `  ${cell(id, widest.id)} ${cell(what, widest.what)} ${end}`;
}

function missedText({ mutant, missed }: MutantResult): string {
  const rows = missed.map(({ id, ended }) => `    ${id}  ${inert(ended, 160)}`);
  return [`  ${mutant.id}: a server that ${mutant.breaks}`, ...rows].join('\n');
}

/** A false alarm, and the smallest difference of a random server that causes it. */
function alarmRows({ id, reason, because }: Alarm): readonly string[] {
  return [
    `    ${id}  ${inert(reason, 160)}`,
    ...(because === '' ? [] : [`      a server that ${inert(because, 400)}`]),
  ];
}

function more(alarms: number): readonly string[] {
  return alarms > mostShown ? [`    and ${alarms - mostShown} more`] : [];
}

function cell(text: string, width: number): string {
  return (text.length > width ? `${text.slice(0, width - 1)}…` : text).padEnd(width);
}
