import { availableParallelism } from 'node:os';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

const folders = '{spec,generators,contract,load,scripts}';
const quiet = `${folders}/**/*.quiet.test.ts`;
const slow = `${folders}/**/*.slow.test.ts`;

const shared = {
  // 51 files take 5.8 s isolated and 0.8 s shared; no test keeps module state that another could see.
  isolate: false,
  testTimeout: 60_000,
};

const config: ViteUserConfig = defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'tests',
          include: [`${folders}/**/*.test.ts`],
          exclude: [quiet, slow],
          // One more than there are cores: many tests wait, for k6, a browser or a server that is slow on purpose.
          maxWorkers: availableParallelism() + 1,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // What measures time needs the machine for itself: after the others, one file at a time.
        test: { ...shared, name: 'quiet', include: [quiet], maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
      {
        // The package and what calibrates the suite: `npm run test:slow`, and CI.
        test: { ...shared, name: 'slow', include: [slow], maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
export default config;
