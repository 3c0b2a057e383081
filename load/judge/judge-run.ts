import { type LoadResults, reasonsThatHold, roundResult } from '../results.ts';
import { mergeShares, type Share } from '../run/share.ts';
import { type Measured, readMeasured } from './measured.ts';
import { judgeObjective, readObjective } from './objectives.ts';

/** A generator that uses more than this share of its cores measures itself. */
const busiestShare = 0.8;

const interrupted = 'interrupted';

/**
 * The results of a run, judged over all its shares (at least one). Pure.
 * @param extras what is known in addition: why the numbers mean nothing, and objectives that were checked on the server.
 */
export function judgeRun(
  shares: readonly Share[],
  extras: Partial<Pick<LoadResults, 'reasons' | 'series' | 'objectives'>> = {},
): LoadResults {
  const share = mergeShares(shares);
  if (share === undefined) throw new Error('a run without a share');
  const { run, generator } = share;
  const read = readMeasured(share);
  const { iterations, unanswered, bytesSent, judged: answered, ...measured } = read;
  // An interruption explains everything else that is missing.
  const seen = extras.reasons ?? [];
  const gates = seen.includes(interrupted) ? [interrupted] : [...seen, ...invalidity(share, read, shares.length)];
  // Objectives are not judged on numbers that mean nothing.
  const judged = gates.length > 0 ? [] : run.objectives.map((text) => judgeObjective(readObjective(text), read, run));
  const undecided = judged.flatMap((one) => ('undecided' in one ? [one.undecided] : []));
  const reasons = [...gates, ...undecided];
  return {
    schema: 'bindgate.load/1',
    profile: run.profile,
    target: run.target,
    valid: reasons.length === 0,
    reasons,
    notes: [...run.notes, ...judged.flatMap((one) => ('skipped' in one ? [one.skipped] : []))],
    lane: run.lane,
    processes: run.parts,
    seconds: run.seconds,
    curve: run.curve,
    planned: run.planned,
    ...measured,
    ratePerSecond: roundResult(answered / run.seconds, 1),
    generatorCpu: generator?.cpu == null ? null : roundResult(generator.cpu, 2),
    noiseFloor: run.noiseFloor,
    series: extras.series ?? [],
    objectives:
      gates.length > 0
        ? []
        : [...judged.flatMap((one) => ('result' in one ? [one.result] : [])), ...(extras.objectives ?? [])],
    k6: { ...run.k6, exitCode: generator?.exitCode ?? null },
  };
}

/**
 * Why the numbers of a run mean nothing; empty if they are valid.
 * Each check comes from a k6 run that ended successfully and had measured nothing.
 */
function invalidity({ run, generator }: Share, read: Measured, parts: number): readonly string[] {
  if (generator != null && generator.exitCode !== 0) {
    const next = generator.said.includes('invalid output type') ? '; correct --k6-out' : '';
    return [`k6 ended with exit code ${generator.exitCode ?? 'none'}: ${generator.said || 'no message'}${next}`];
  }
  const said = generator == null || generator.said === '' ? '' : `: ${generator.said}`;
  const { iterations, requests, unanswered, dropped, bytesSent, judged } = read;
  const cpu = generator?.cpu ?? null;
  const busy = isBusy(cpu, run.cores);
  return reasonsThatHold([
    [parts !== run.parts, `${parts} of ${run.parts} processes wrote their share`],
    [iterations === 0, 'no iteration ended'],
    [requests !== iterations, `${iterations} iterations sent ${requests} requests; the k6 script threw an error`],
    [unanswered > 0, `${unanswered} of ${requests} requests got no answer${said}`],
    [bytesSent === 0, 'no data was sent'],
    [judged + unanswered !== iterations, `${judged} of ${iterations} iterations were judged`],
    [dropped > 0, `${dropped} iterations could not be started on time; ${busy ? generatorIsSlow : serverIsSlow}`],
    // Each process of k6 may start one iteration less than rate times duration.
    [
      iterations + dropped < run.planned - run.parts,
      `${iterations} of ${run.planned} planned iterations ended: the machine or the server was too slow to finish them; run again on a quiet machine (on shared runners, use gate --skip load)`,
    ],
    [busy, `the generator used ${cpu?.toFixed(1)} of ${run.cores} cores, so it measured itself`],
  ]);
}

const generatorIsSlow = 'lower the rate or use a larger generator';
const serverIsSlow =
  'all VUs (virtual users) were waiting for an answer, so the server does not keep up with this rate; lower the rate';

/** Whether a generator used so many of its cores that it measured itself. */
export function isBusy(cpu: number | null, cores: number | null): boolean {
  return cpu !== null && cores !== null && cpu > cores * busiestShare;
}
