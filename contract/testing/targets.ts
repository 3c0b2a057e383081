import type { ApiRequest, ApiResponse } from '../../spec/http.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import { createStatesClient } from '../targets/states-client.ts';
import type { Target } from '../targets/target.ts';
import { openUrlTarget } from '../targets/url.ts';
import { statesServer, type TestServer } from './servers.ts';

/** Opens a test server as a target, at its URL plus a path, with a time limit of 700 ms. By default its states have good fixtures. */
export async function targetOf(
  started: Promise<TestServer>,
  startedStates: Promise<TestServer> = statesServer(),
  path = '',
): Promise<Target> {
  const owns = new AsyncDisposableStack();
  const [server, states] = await Promise.all([started, startedStates]);
  owns.use(server);
  owns.use(states);
  const client = createStatesClient({ operation, url: states.url, timeoutMs: 700 });
  return openUrlTarget({ baseUrl: server.url + path, timeoutMs: 700 }, client, { owns });
}

/** A target with parts of its answers changed. */
export function changeAnswers(
  target: Target,
  change: (response: ApiResponse, request: ApiRequest) => Partial<ApiResponse>,
): Target {
  return {
    ...target,
    send: async (request, signal) => {
      const exchange = await target.send(request, signal);
      if (exchange.kind === 'no-answer') return exchange;
      return { ...exchange, response: { ...exchange.response, ...change(exchange.response, request) } };
    },
  };
}
