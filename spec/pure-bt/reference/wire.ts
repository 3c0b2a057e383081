import type { Fixture, StateName } from '../states.ts';
import type { Handle, ServedRequest, ServedResponse } from './reference.ts';

/** What comes of a request on the wire: an answer, silence on an open connection, or a connection that is closed. */
export type WireAnswer = ServedResponse | 'hangs' | 'hangs-up';

/**
 * What stands between the transport and the server: it hands requests on and may change, delay or withhold answers.
 * Called once for each server, so it may keep memory.
 */
export type Wire = (handle: Handle) => (request: ServedRequest) => WireAnswer | Promise<WireAnswer>;

/** What stands between the states endpoint and the states; undefined for a state that is not supported. */
export type StatesWire = (
  setup: (state: StateName, id: string) => Fixture,
) => (state: StateName, id: string) => Fixture | undefined;
