import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { eachAtOnce } from '../../../contract/run/each-at-once.ts';
import { createStatesClient } from '../../../contract/targets/states-client.ts';
import { openUrlTarget } from '../../../contract/targets/url.ts';
import { loadOperation } from '../../../load/pure-bt/operation.ts';
import { newRunId, openProduct, readToken, siteOf } from '../../../load/run/product.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { startPrism } from '../peers/prism.ts';
import { inTurn, pairs, type Row, Unmeasured } from '../row.ts';
import { bindgate, type ServerProcess, serve, startReferenceProcess, startServer } from '../run-process.ts';

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
    await using echo = await serve(['echo'], signal);
    await using mock = await startServer([bindgate, 'mock', '--port', '0'], signal);
    await using prism = await startPrism(bench, 'mock');
    const states = createStatesClient({ url: `${reference.url}/_states`, operation });
    await using target = openUrlTarget({ baseUrl: reference.url }, states);
    const load = loadOperation(defaultDialect);
    await using product = await openProduct(siteOf(load, target), [], signal);
    const authorization = `Bearer ${readToken(product)}`;
    const count = quick ? 4_000 : 20_000;
    // Each device is bound once, so every run gets requests of its own; all servers get the same kind.
    const rateOf = (server: ServerProcess) => async (): Promise<number> => {
      const make = load.requests(product.fixture, newRunId());
      const bodies = Array.from({ length: count }, (_, number) => JSON.stringify(make(load.plain, number).body));
      const agent = new Agent({ keepAlive: true, maxSockets: connections });
      const before = server.cpuSeconds();
      await eachAtOnce(bodies, connections, signal, async (body) => {
        const answer = await send(new URL(operation.path, server.url), { agent, authorization, body });
        // The echo sends the request back, the others say success.
        if (answer === body || answer.startsWith('{"code":200,')) return;
        throw new Error(`${server.url} answered ${answer.slice(0, 100)}`);
      });
      agent.destroy();
      const after = server.cpuSeconds();
      if (before !== undefined && after !== undefined) return count / (after - before);
      throw new Unmeasured('this system has no /proc, so the CPU time of a server is not known');
    };
    const arms = { bind: rateOf(reference), echo: rateOf(echo), mock: rateOf(mock), prism: rateOf(prism) };
    await inTurn(1, arms, signal);
    const made = await inTurn(quick ? 2 : 7, arms, signal);
    return [{ samples: pairs(made.bind, made.echo) }, { samples: pairs(made.mock, made.prism) }];
  },
};

/** The body of an answer. The client is node:http alone: a slower one leaves the server less to do at once, which costs it more. */
function send(
  url: URL,
  { agent, authorization, body }: { readonly agent: Agent; readonly authorization: string; readonly body: string },
): Promise<string> {
  const headers = { 'content-type': 'application/json', authorization, 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sending = request(url, { agent, method: operation.method, headers }, (answer) => {
      if (answer.statusCode === 200) text(answer).then(resolve, reject);
      else reject(new Error(`${url} answered HTTP ${answer.statusCode}`));
    });
    sending.on('error', reject).end(body);
  });
}
