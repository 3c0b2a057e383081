import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { payload } from '../../../contract/pure-bt/payload.ts';
import { madeUpFixture } from '../../../generators/family/fixture.ts';
import { seededRandom } from '../../../generators/random.ts';
import { inTurn, pairs, type Row } from '../row.ts';
import { bindgate, runNode } from '../run-process.ts';

const commands: Readonly<Record<string, readonly string[]>> = {
  '--version': ['--version'],
  '--help': ['--help'],
  explain: ['explain', 'request.json', '--fixture', 'fixture.json'],
  payload: ['payload'],
};

/** How long a short command takes, from the start of the process to its end. */
export const startRow: Row = {
  id: 'start',
  lines: Object.keys(commands).map((name) => ({
    part: name,
    what: `\`bindgate ${name}\`, whole process`,
    nextTo: 'node with an empty file',
    unit: 'ms',
    goal: { atMost: 3 },
  })),
  measure: async ({ quick, signal, folder }) => {
    const empty = join(folder, 'empty.mjs');
    await writeFile(empty, '');
    const fixture = madeUpFixture(seededRandom(1, 'bench'), 'made.up.token');
    await writeFile(join(folder, 'fixture.json'), JSON.stringify(fixture));
    for await (const request of payload({ fixture, seed: 1 })) {
      await writeFile(join(folder, 'request.json'), JSON.stringify(request));
    }
    const timeOf = async (args: readonly string[]): Promise<number> =>
      (await runNode(args, { signal, cwd: folder })).seconds * 1000;
    const arms = Object.fromEntries([
      ['empty', () => timeOf([empty])] as const,
      ...Object.entries(commands).map(([name, args]) => [name, () => timeOf([bindgate, ...args])] as const),
    ]);
    // The first start fills the caches of Node and of the system.
    await inTurn(1, arms, signal);
    const taken = await inTurn(quick ? 7 : 25, arms, signal);
    return Object.keys(commands).map((name) => ({ samples: pairs(taken[name] ?? [], taken['empty'] ?? []) }));
  },
};
