import type { ApiRequest } from '../../spec/http.ts';
import type { Fixture } from '../../spec/operation.ts';
import type { Exchange } from './exchange.ts';
import type { Target } from './target.ts';

/** Observes the traffic between bindgate and a target. */
export type TrafficObserver = {
  /** Called with a device and its secrets, before they are used. */
  readonly onFixture: (fixture: Fixture) => void;
  readonly onExchange: (request: ApiRequest, exchange: Exchange, sentAt: Date) => void;
};

/** Adds an observer of every exchange to a target. */
export function recording(target: Target, observer: TrafficObserver): Target {
  return {
    ...target,
    send: async (request, signal) => {
      const sentAt = new Date();
      const exchange = await target.send(request, signal);
      observer.onExchange(request, exchange, sentAt);
      return exchange;
    },
    states: {
      ...target.states,
      setup: async (state, signal) => {
        const setup = await target.states.setup(state, signal);
        if (setup.kind === 'ready') observer.onFixture(setup.fixture);
        return setup;
      },
    },
  };
}
