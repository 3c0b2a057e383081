import { openSchemathesis } from '../peers/schemathesis.ts';
import type { Row } from '../row.ts';
import { inTurn, pairs } from '../row.ts';
import { requestsJudged, startReferenceProcess, verify } from './verify.ts';

/** How many requests a second a verification judges, next to Schemathesis; whole processes, reports and states included. */
export const verifyPeerRow: Row = {
  id: 'verify-peer',
  cores: 2,
  lines: [
    {
      what: 'requests a second of `verify`, whole process',
      nextTo: 'Schemathesis with hooks for states and signatures',
      unit: '/s',
      goal: { atLeast: 15 },
    },
  ],
  measure: async (bench) => {
    const { quick, signal, folder } = bench;
    const schemathesis = await openSchemathesis(bench);
    await using server = await startReferenceProcess(signal);
    const ours = async (): Promise<number> => {
      const { seconds } = await verify(server.url, bench);
      return (await requestsJudged(folder)) / seconds;
    };
    const peer = async (): Promise<number> => {
      const { requests, seconds } = await schemathesis(server.url, { folder, examples: quick ? 10 : 100 });
      return requests / seconds;
    };
    const made = await inTurn(quick ? 1 : 5, { ours, peer }, signal);
    return [{ samples: pairs(made.ours, made.peer) }];
  },
};
