import { appendFile, mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompareResults } from '../../load/compare/results.ts';
import { runBindgate } from '../testing/run-bindgate.ts';
import { conditions, startSlowServer } from './record.ts';
import { countDecisions, type Tally } from './tally.ts';

type Ended = CompareResults & { readonly condition: string; readonly exitCode: number | null };

/**
 * Runs complete comparisons with the command itself, each on newly started servers, so that differences between processes
 * are part of the result. The conditions take turns, and every comparison is added to a file immediately.
 */
export async function compareEndToEnd(
  file: string,
  ofEach: number,
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<readonly Tally[]> {
  const others = conditions.slice(1);
  for (let round = 0; round < ofEach; round += 1) {
    for (const condition of others) {
      if (signal.aborted) break;
      const started = performance.now();
      const ended = await compareOnce(condition.slower, signal);
      await appendFile(file, `${JSON.stringify({ ...ended, condition: condition.name })}\n`);
      const seconds = Math.round((performance.now() - started) / 1000);
      say(
        `${condition.name}  ${round + 1} of ${ofEach}: ${ended.verdict} (exit code ${ended.exitCode}, ${seconds} s) ${ended.reasons.join('; ')}`,
      );
    }
  }
  const all = (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Ended);
  return others.map(({ name }) =>
    countDecisions(
      name,
      all.filter(({ condition }) => condition === name),
    ),
  );
}

async function compareOnce(slower: number, signal: AbortSignal): Promise<Omit<Ended, 'condition'>> {
  await using a = await startSlowServer(0, signal);
  await using b = await startSlowServer(slower, signal);
  await using folder = await mkdtempDisposable(join(tmpdir(), 'bindgate-calibrate-'));
  const servers = ['--a', a.url, '--a-states', `${a.url}/_states`, '--b', b.url, '--b-states', `${b.url}/_states`];
  const { exitCode, out, err } = await runBindgate(folder.path, ['compare', ...servers, '--json']);
  if (out === '') throw new Error(`the command wrote nothing: ${err}`);
  return { ...(JSON.parse(out) as CompareResults), exitCode };
}
