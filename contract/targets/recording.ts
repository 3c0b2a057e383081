import type { ApiRequest } from '../../spec/http.ts';
import type { Fixture } from '../../spec/operation.ts';
import type { Exchange } from './exchange.ts';
import type { Target } from './target.ts';

/** Sees what passes between bindgate and a target. */
export type TrafficObserver = {
  /** A device and its secrets, before anything is sent with them. */
  readonly onFixture: (fixture: Fixture) => void;
  readonly onExchange: (request: ApiRequest, exchange: Exchange, sentAt: Date) => void;
};

/** A target as it is, with a witness to every exchange. */
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
