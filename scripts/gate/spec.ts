import { documentedCodes } from '../../spec/catalogue.ts';
import type { Station } from './gate.ts';

/** The contract's own text: linted, every schema compiled, every example valid, the catalogue complete. */
export const specStation: Station = {
  name: 'spec',
  run: async ({ terminal }) => {
    const { lintSpec } = await import('../../spec/lint.ts');
    const problems = await lintSpec();
    for (const { rule, location, message } of problems)
      terminal.out(`spec/openapi.yaml ${location}: ${message} (${rule})`);
    return problems.length === 0
      ? { exitCode: 0, summary: `openapi.yaml is clean, ${documentedCodes.length} codes` }
      : { exitCode: 1, summary: `openapi.yaml has ${problems.length} problems` };
  },
};
