import { expect, test } from 'vitest';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import * as check from '../pure-bt/explain/check-request.ts';
import { payload } from '../pure-bt/payload.ts';
import { goodFixture } from '../testing/servers.ts';
import { judgeExchange } from './judge-exchange.ts';
import { startJudgeThread } from './judge-thread.ts';
import type { Proxied } from './start-proxy.ts';

const fixture = goodFixture(1);
const given = { fixtures: [fixture], showSecrets: false };

/** An exchange with a signed request and this answer. */
async function exchangeWith(code: number, name?: string): Promise<Proxied> {
  for await (const { headers, body } of payload({ fixture, seed: 1, name })) {
    const response = {
      httpStatus: 200,
      headers: [['content-type', 'application/json']] as const,
      body: Buffer.from(JSON.stringify({ code, msg: '', data: null, extMsg: null })),
      truncated: false,
      durationMs: 1,
    };
    return {
      request: {
        method: 'POST',
        path: operation.path,
        headers: [['content-type', 'application/json'], ...Object.entries(headers)],
        body: Buffer.from(JSON.stringify(body)),
      },
      exchange: { kind: 'answer', response },
      sentAt: new Date(0),
    };
  }
  throw new Error('no payload');
}

test('judges in order, with the same results as without a thread', async () => {
  const exchanges = await Promise.all([
    exchangeWith(5420, 'signature/without-secret'),
    exchangeWith(5361, 'dk/too-short'),
    exchangeWith(4999),
  ]);
  const options = { ...check, ...given, dialect: defaultDialect };
  await using thread = startJudgeThread(check, defaultDialect, given);
  const judged = await Promise.all(exchanges.map((one) => thread.judge(one)));
  expect(judged).toEqual(exchanges.map((one) => judgeExchange(one, options)));
  expect(judged.map((one) => one?.request.find(({ kind }) => kind === 'wrong')?.about)).toEqual([
    'signature',
    'fields',
    'token',
  ]);
});

test('refuses exchanges while 200 wait, and ends after those that it accepted', async () => {
  const one = await exchangeWith(5361, 'dk/too-short');
  const results: unknown[] = [];
  {
    await using thread = startJudgeThread(check, defaultDialect, given);
    for (let count = 0; count < 200; count += 1) void thread.judge(one)?.then((judged) => results.push(judged));
    expect(thread.judge(one)).toBeUndefined();
  }
  expect(results).toHaveLength(200);
});

test('rejects when the thread breaks', async () => {
  await using thread = startJudgeThread({ module: 'file:///none.ts' }, defaultDialect, given);
  await expect(thread.judge(await exchangeWith(5361))).rejects.toThrow(/none\.ts/);
});
