import type { Row } from '../row.ts';
import { inTurn, pairs } from '../row.ts';
import { bindgate, runNode, startOwnServer } from '../run-process.ts';

const nextTo = 'the same with plain answers';

/** What unusual answers of a server cost. */
export const answersRow: Row = {
  id: 'answers',
  lines: [
    { part: 'headers', what: '`verify`, answers with 1,000 headers, CPU time', nextTo, unit: 's', goal: { atMost: 2 } },
    {
      part: 'nested',
      what: '`verify`, answers nested 20,000 levels deep, CPU time',
      nextTo,
      unit: 's',
      goal: { atMost: 2 },
    },
  ],
  measure: async ({ quick, signal, folder }) => {
    await using plain = await startOwnServer('serve.ts', ['plain'], signal);
    await using headers = await startOwnServer('serve.ts', ['headers'], signal);
    await using nested = await startOwnServer('serve.ts', ['nested'], signal);
    // A few kinds of request are enough for --quick; the answers are what costs.
    const chosen = quick ? ['--only', 'bind/*', 'signature/*', 'token/*'] : [];
    const timeOf = async ({ url }: { readonly url: string }): Promise<number> => {
      const args = [bindgate, 'verify', '--url', url, '--states', `${url}/_states`, '--seed', '1', ...chosen];
      const ran = await runNode(args, { signal, cwd: folder });
      // Findings are expected: these answers are not those of the contract.
      if (ran.exitCode !== 0 && ran.exitCode !== 1) throw new Error(`verify ended with ${ran.exitCode}: ${ran.err}`);
      return ran.cpuSeconds;
    };
    const taken = await inTurn(
      quick ? 2 : 5,
      { plain: () => timeOf(plain), headers: () => timeOf(headers), nested: () => timeOf(nested) },
      signal,
    );
    return [{ samples: pairs(taken.headers, taken.plain) }, { samples: pairs(taken.nested, taken.plain) }];
  },
};
