import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { COMPILE_CACHE } from './scripts/setup/places.mjs';

// Tests start the command line a hundred times; compiled once, each start takes half the time.
process.env['NODE_COMPILE_CACHE'] ??= COMPILE_CACHE;

// Tests make their folders here, and do not remove them. A PostgreSQL of another user reaches its own.
const temporary = mkdtempSync(join(tmpdir(), 'bindgate-tests-'));
chmodSync(temporary, 0o755);
process.env['TMPDIR'] = temporary;
process.once('exit', () => rmSync(temporary, { recursive: true, force: true }));

const folders = '{spec,generators,contract,load,scripts}';
const quiet = `${folders}/**/*.quiet.test.ts`;
const slow = `${folders}/**/*.slow.test.ts`;

/** The files that take longest, 20 to 50 seconds on two cores. They start first, so that no core is idle at the end. */
const longest = [
  'mutants/mutants',
  'scripts/docs',
  'html/browser',
  'baseline/servers',
  'scripts/baseline',
  'load/load',
  'run/run-contract',
  'contract/contract',
  // Of the slow ones:
  'ci/execute',
  'mutants/conforming',
  'scripts/package',
  'scripts/examples',
  'scripts/handlers',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong =
      (name: string) =>
      ({ moduleId }: TestSpecification) =>
        moduleId.includes(`/${name}.`);
    const first = longest.flatMap((name) => sorted.filter(isLong(name)));
    return [...first, ...sorted.filter((file) => !first.includes(file))];
  }
}

const shared = {
  // 51 files take 5.8 s isolated and 0.8 s shared; no test keeps module state that another could see.
  isolate: false,
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

const config: ViteUserConfig = defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...shared,
          name: 'tests',
          include: [`${folders}/**/*.test.ts`],
          exclude: [quiet, slow],
          // Two more than there are cores: many tests wait, for k6, a browser or a server that is slow on purpose.
          maxWorkers: availableParallelism() + 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // What a developer need not wait for, such as servers in other languages: `npm run test:slow`, and CI.
        test: {
          ...shared,
          name: 'slow',
          include: [slow],
          maxWorkers: availableParallelism() + 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // What measures time needs the machine for itself: after the slow tests, one file at a time.
        test: { ...shared, name: 'quiet', include: [quiet], maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
export default config;
