import { Agent, request } from 'node:http';
import { createStatesClient } from '../../../contract/targets/states-client.ts';
import { loadOperation } from '../../../load/pure-bt/operation.ts';
import { newRunId } from '../../../load/run/draft-plan.ts';
import { openProduct } from '../../../load/run/product.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { startPrism } from '../peers/prism.ts';
import type { Row } from '../row.ts';
import { inTurn, pairs, Unmeasured } from '../row.ts';
import type { ServerProcess } from '../run-process.ts';
import { bindgate, startOwnServer, startServer } from '../run-process.ts';
import { startReferenceProcess } from './verify.ts';

const connections = 10;

/** What the embedded servers can take: requests for each second of CPU time of the server, so that the client does not count. */
export const referenceRow: Row = {
  id: 'reference',
  lines: [
    {
      part: 'bind',
      what: 'valid binds per CPU second of the embedded server',
      nextTo: 'a bare Fastify that echoes the body',
      unit: '/s',
      goal: { atLeast: 0.5 },
    },
    {
      part: 'mock',
      what: 'requests per CPU second of `bindgate mock`',
      nextTo: "Prism's mock (static, logging off)",
      unit: '/s',
      goal: { atLeast: 3 },
    },
  ],
  measure: async (bench) => {
    const { quick, signal } = bench;
    await using reference = await startReferenceProcess(signal);
    await using echo = await startOwnServer('serve.ts', ['echo'], signal);
    await using mock = await startServer(process.execPath, [bindgate, 'mock', '--port', '0'], { signal });
    await using prism = await startPrism(bench, 'mock');
    await using states = createStatesClient({ url: `${reference.url}/_states`, operation });
    const { plain, state, requests } = loadOperation(defaultDialect);
    await using product = await openProduct({ states }, { state }, [{ workload: plain, weight: 1 }], signal);
    const authorization = `Bearer ${product.tokens.get(state) ?? ''}`;
    const count = quick ? 4_000 : 20_000;
    // Each device is bound once, so every run gets requests of its own; all servers get the same kind.
    const rateOf = async (server: ServerProcess): Promise<number> => {
      const make = requests(product.fixture, newRunId());
      const bodies = Array.from({ length: count }, (_, number) => JSON.stringify(make(plain, number).body));
      const before = server.cpuSeconds();
      if (Number.isNaN(before))
        throw new Unmeasured('this system has no /proc, so the CPU time of a server is not known');
      await sendAll(server.url, authorization, bodies);
      return count / (server.cpuSeconds() - before);
    };
    const arms = {
      bind: () => rateOf(reference),
      echo: () => rateOf(echo),
      mock: () => rateOf(mock),
      prism: () => rateOf(prism),
    };
    await inTurn(1, arms, signal);
    const made = await inTurn(quick ? 2 : 7, arms, signal);
    return [{ samples: pairs(made.bind, made.echo) }, { samples: pairs(made.mock, made.prism) }];
  },
};

/** Sends bodies on some connections. @throws Error for an answer that is not a success. */
async function sendAll(url: string, authorization: string, bodies: readonly string[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(url);
  const { method, path } = operation;
  let next = 0;
  const sendNext = async (): Promise<void> => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const headers = { 'content-type': 'application/json', authorization, 'content-length': Buffer.byteLength(body) };
      const sent = body;
      await new Promise<void>((resolve, reject) => {
        const sending = request({ agent, hostname, port, method, path, headers }, (answer) => {
          if (answer.statusCode !== 200) reject(new Error(`${url} answered HTTP ${answer.statusCode}`));
          let text = '';
          answer.setEncoding('utf8').on('data', (piece: string) => {
            text += piece;
          });
          answer.on('end', () => {
            // The echo sends the request back, the others say success.
            if (text === sent || text.startsWith('{"code":200,')) resolve();
            else reject(new Error(`${url} answered ${text.slice(0, 100)}`));
          });
        });
        sending.on('error', reject).end(sent);
      });
    }
  };
  await Promise.all(Array.from({ length: connections }, sendNext));
  agent.destroy();
}
