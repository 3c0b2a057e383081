import { availableParallelism } from 'node:os';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

const folders = '{spec,generators,contract,load,scripts}';
const measuring = `${folders}/**/*.k6.test.ts`;

const shared = {
  // 51 files take 5.8 s isolated and 0.8 s shared; no test keeps module state that another could see.
  isolate: false,
  testTimeout: 20_000,
};

const config: ViteUserConfig = defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'tests',
          include: [`${folders}/**/*.test.ts`],
          exclude: [measuring],
          // One more than vitest's own choice, which leaves half of a machine with two cores idle.
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 0 },
        },
      },
      {
        // What makes a load needs the machine for itself: after the others, one file at a time.
        test: {
          ...shared,
          name: 'k6',
          include: [measuring],
          testTimeout: 120_000,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
export default config;
