import type { ApiRequest } from '../../spec/http.ts';
import type { Fixture } from '../../spec/operation.ts';
import type { Exchange } from './exchange.ts';
import { type Target, withStates } from './target.ts';

/** Observes the traffic between bindgate and a target. */
export type TrafficObserver = {
  /** Called with a device and its secrets, before they are used. */
  readonly onFixture: (fixture: Fixture) => void;
  readonly onExchange: (request: ApiRequest, exchange: Exchange, sentAt: Date) => void;
};

/** Adds an observer of every exchange to a target. */
export function recording(target: Target, observer: TrafficObserver): Target {
  const watched = withStates(target, {
    setup: async (state, signal) => {
      const setup = await target.states.setup(state, signal);
      if (setup.kind === 'ready') observer.onFixture(setup.fixture);
      return setup;
    },
  });
  return {
    ...watched,
    send: async (request, signal) => {
      const sentAt = new Date();
      const exchange = await target.send(request, signal);
      observer.onExchange(request, exchange, sentAt);
      return exchange;
    },
  };
}

/** Time spent waiting for answers, in milliseconds. Concurrent requests are added up. */
export type Waiting = { statesMs: number; targetMs: number };

/** Measures how long a target and its states endpoint are waited for. */
export function measureWaiting(target: Target): { readonly target: Target; readonly waiting: Waiting } {
  const waiting: Waiting = { statesMs: 0, targetMs: 0 };
  const timed = async <Answer>(what: keyof Waiting, ask: () => Promise<Answer>): Promise<Answer> => {
    const started = performance.now();
    try {
      return await ask();
    } finally {
      waiting[what] += performance.now() - started;
    }
  };
  const { states } = target;
  const watched = withStates(target, {
    setup: (state, signal) => timed('statesMs', () => states.setup(state, signal)),
    teardown: (setup, signal) => timed('statesMs', () => states.teardown(setup, signal)),
  });
  return {
    waiting,
    target: { ...watched, send: (request, signal) => timed('targetMs', () => target.send(request, signal)) },
  };
}

/** The share of the waiting time for the states endpoint, from 0 to 1. */
export function statesShare({ statesMs, targetMs }: Waiting): number {
  return statesMs === 0 ? 0 : statesMs / (statesMs + targetMs);
}
