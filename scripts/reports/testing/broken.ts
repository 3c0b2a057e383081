import type { Exchange } from '../../../contract/targets/exchange.ts';
import type { StateSetup } from '../../../contract/targets/state-source.ts';
import type { Target } from '../../../contract/targets/target.ts';
import type { ApiResponse } from '../../../spec/http.ts';
import { hostile } from './synthetic.ts';

const unsupported: readonly string[] = ['a device registered in another data centre', 'home mode on'];

/** A target with many common faults, so that its results contain every outcome. */
export function broken(target: Target): Target {
  return {
    ...target,
    send: async (request, signal) => spoiled(await target.send(request, signal)),
    states: {
      ...target.states,
      setup: async (state, signal): Promise<StateSetup> => {
        if (unsupported.includes(state))
          return { kind: 'unsupported', reason: 'the states endpoint answered 404: no such state' };
        if (state === 'an expired token')
          return { kind: 'broken', reason: 'the states endpoint answered HTTP 500: <b>down</b>' };
        return target.states.setup(state, signal);
      },
    },
  };
}

/** The change to an answer, by its code. */
const spoilers: Readonly<Record<number, (response: ApiResponse) => Exchange>> = {
  5361: (response) => answer(response, JSON.stringify({ code: 200, msg: '', data: { verified: 1 }, extMsg: null })),
  5066: (response) => answer(response, JSON.stringify({ code: 5067, msg: hostile })),
  5179: (response) => answer(response, '<html><h1>Internal Server Error</h1></html>', 500),
  5333: (response) => ({ kind: 'answer', response: { ...response, headers: [['content-type', 'text/plain']] } }),
  5357: () => ({
    kind: 'no-answer',
    reason: 'reset',
    detail: 'connection closed before the whole answer',
    durationMs: 3,
    stale: false,
  }),
  5327: (response) => answer(response, JSON.stringify({ code: 5041, msg: 'no' })),
  5229: (response) => answer(response, JSON.stringify({ code: 9999, msg: hostile.repeat(60) })),
};

function spoiled(exchange: Exchange): Exchange {
  if (exchange.kind === 'no-answer') return exchange;
  const { code } = JSON.parse(new TextDecoder().decode(exchange.response.body) || '{}') as { code?: number };
  return spoilers[code ?? 0]?.(exchange.response) ?? exchange;
}

function answer(response: ApiResponse, body: string, httpStatus = 200): Exchange {
  return { kind: 'answer', response: { ...response, httpStatus, body: new TextEncoder().encode(body) } };
}
