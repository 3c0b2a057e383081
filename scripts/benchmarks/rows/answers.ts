import { inTurn, pairs, type Row } from '../row.ts';
import { type ServerProcess, serve } from '../run-process.ts';
import { verify } from './verify.ts';

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
  measure: async (bench) => {
    const { quick, signal } = bench;
    await using plain = await serve(['plain'], signal);
    await using headers = await serve(['headers'], signal);
    await using nested = await serve(['nested'], signal);
    // A few kinds of request are enough for --quick; the answers are what costs.
    const chosen = quick ? ['--only', 'bind/*', 'signature/*', 'token/*'] : [];
    // Findings are expected: these answers are not those of the contract.
    const timeOf = (server: ServerProcess) => async (): Promise<number> =>
      (await verify(server, bench, chosen, true)).cpuSeconds;
    const arms = { plain: timeOf(plain), headers: timeOf(headers), nested: timeOf(nested) };
    const taken = await inTurn(quick ? 2 : 5, arms, signal);
    return [{ samples: pairs(taken.headers, taken.plain) }, { samples: pairs(taken.nested, taken.plain) }];
  },
};
