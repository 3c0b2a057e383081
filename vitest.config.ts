import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['{spec,generators,contract,load,scripts}/**/*.test.ts'],
    // 51 files take 5.8 s isolated and 0.8 s shared; no test keeps module state that another could see.
    isolate: false,
    testTimeout: 20_000,
  },
});
export default config;
