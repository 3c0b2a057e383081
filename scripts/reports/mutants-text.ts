import { inert } from '../../contract/inert.ts';
import type { Detection } from '../../contract/mutants/detect.ts';
import type { MutantResult, ServerResult, VariantResult } from '../../contract/mutants/run.ts';
import type { Terminal } from '../terminal.ts';

const widest = { id: 38, what: 66 };

/** The measurement for people: a line for each server, then what was missed, then the counts. */
export function mutantsText(detection: Detection, style: Terminal['style']): string {
  const { mutants, variants, servers, seed, durationMs, interrupted } = detection;
  const missed = mutants.filter(({ outcome }) => outcome !== 'killed');
  const alarmed = variants.filter(({ alarms }) => alarms.length > 0);
  const wronged = servers.filter(({ alarms }) => alarms.length > 0);
  const blocks = [
    ...block(
      'mutants',
      mutants.map((result) => mutantRow(result, style)),
      style,
    ),
    ...block(
      'variants',
      variants.map((result) => variantRow(result, style)),
      style,
    ),
    ...block('not seen', missed.map(missedText), style),
    ...block('false alarms', [...alarmed.map(alarmText), ...wronged.map((result) => serverText(result, seed))], style),
  ];
  const killed = mutants.length - missed.length;
  const silent = variants.length - alarmed.length;
  const ok = missed.length + alarmed.length + wronged.length === 0 && !interrupted;
  const counts = [
    ...(mutants.length === 0 ? [] : [`${killed} of ${mutants.length} mutants killed, ${missed.length} survived`]),
    ...(variants.length === 0
      ? []
      : [`${silent} of ${variants.length} variants silent, ${alarmed.length} false alarms`]),
    ...(servers.length === 0
      ? []
      : [`${servers.length} random conforming servers (seed ${seed}), ${wronged.length} of them called wrong`]),
  ].join(' · ');
  const seen = ok ? 'all seen' : 'NOT ALL SEEN';
  const word = interrupted ? 'INTERRUPTED' : seen;
  const summary = `${style([ok ? 'green' : 'red', 'bold'], word)}\n${counts} in ${(durationMs / 1000).toFixed(1)} s`;
  return [...blocks, summary].join('\n\n');
}

function block(title: string, rows: readonly string[], style: Terminal['style']): readonly string[] {
  return rows.length === 0 ? [] : [[style('bold', title), ...rows].join('\n')];
}

function mutantRow({ mutant, outcome, killedBy }: MutantResult, style: Terminal['style']): string {
  const end = outcome === 'killed' ? killedBy.join(', ') : style(['red', 'bold'], outcome.toUpperCase());
  return `  ${cell(mutant.id, widest.id)} ${cell(mutant.breaks, widest.what)} ${end}`;
}

function variantRow({ variant, alarms }: VariantResult, style: Terminal['style']): string {
  const ids = alarms.map(({ id }) => id).join(', ');
  const end = alarms.length === 0 ? 'silent' : `${style(['red', 'bold'], 'FALSE ALARM')} ${inert(ids, 120)}`;
  return `  ${cell(variant.id, widest.id)} ${cell(variant.differs, widest.what)} ${end}`;
}

function missedText({ mutant, missed }: MutantResult): string {
  const rows = missed.map(({ id, ended }) => `    ${id}  ${inert(ended, 160)}`);
  return [`  ${mutant.id}: a server that ${mutant.breaks}`, ...rows].join('\n');
}

function alarmText({ variant, alarms }: VariantResult): string {
  const rows = alarms.slice(0, 12).map(({ id, reason }) => `    ${id}  ${inert(reason, 160)}`);
  const more = alarms.length > rows.length ? [`    and ${alarms.length - rows.length} more`] : [];
  return [`  ${variant.id}: a server that ${variant.differs}`, ...rows, ...more].join('\n');
}

/** A random server that is right and was called wrong: by which cases, and the least of it that matters. */
function serverText({ at, alarms }: ServerResult, seed: number): string {
  const rows = alarms
    .slice(0, 12)
    .flatMap(({ id, reason, because }) => [
      `    ${id}  ${inert(reason, 160)}`,
      ...(because === '' ? [] : [`      a server that ${inert(because, 400)}`]),
    ]);
  const more = alarms.length > 12 ? [`    and ${alarms.length - 12} more`] : [];
  return [`  random server ${at} of seed ${seed}`, ...rows, ...more].join('\n');
}

function cell(text: string, width: number): string {
  return (text.length > width ? `${text.slice(0, width - 1)}…` : text).padEnd(width);
}
