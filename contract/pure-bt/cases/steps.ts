import { field } from '../../../generators/pure-bt/faults/fault.ts';
import { buildRequest, type Change, type RequestContext } from '../../../generators/pure-bt/request.ts';
import { binds, type Expectation, refusedWith, underReading } from '../../../spec/expectation.ts';
import type { StateName } from '../../../spec/family/states.ts';
import type { Dialect } from '../../../spec/pure-bt/dialect.ts';
import type { RuleId } from '../../../spec/pure-bt/rules.ts';
import type * as engine from '../../run/case.ts';
import { caseMaker, sendAll as sendAllOf, unlessOneBound } from '../../run/case.ts';

type Words = { context: RequestContext; dialect: Dialect; rule: RuleId; state: StateName };

/** One request of this operation, or several sent at once, and the correct outcomes for each. */
export type RequestBatch = engine.RequestBatch<Words>;

/** A property of arbitrary requests. */
export type Property = engine.Property<Words>;

/** One fact that is checked on a server of this operation. */
export type Case = engine.Case<Words>;

/** States that many cases share: in the first, every correct request binds; in the second, every well-formed device. */
export const devices = {
  ready: 'a device ready to bind',
  any: 'a product whose every device is ready to bind',
  readyInHome: 'a device ready to bind in a home',
  heldMulti: 'a device bound by another user, binding mode multi',
  heldAlternate: 'a device bound by another user, binding mode alternate',
  twoUsersSingle: 'two users, binding mode single',
  twoUsersAlternate: 'two users, binding mode alternate',
} as const;

/** A name and capabilities: optional fields that do not change the outcome. */
export const named: readonly Change[] = [
  field('deviceName', () => 'Küchenwaage'),
  field('capabilitiesBitmask', () => 4),
];

/** For a well-formed dk: it binds, unless the server does not know it or has a stricter format. */
export const bindsByFormat: Expectation = { ...binds, ...underReading('dk-format', 5314, 5361) };

/** For a bindingCode that the declared pattern allows: it binds, unless the server has a stricter format. */
export const bindsByCodeFormat: Expectation = { ...binds, ...underReading('code-format', 5213) };

const maker: engine.CaseMaker<Words, Change> = caseMaker<Words, Change>(devices.ready, buildRequest);

/** Makes a case with code 200 and a device that is ready to bind; its last argument can change both. */
export const tested: typeof maker.tested = maker.tested;

/** Makes a step that sends a request with some changes. */
export const send: typeof maker.send = maker.send;

/** A step that sends several requests, one after the other; at the same time, a server may refuse one as busy. */
export const sendAll: typeof sendAllOf<Words> = sendAllOf<Words>;

/** A step that sends several requests at once, to test a race. */
export function sendAtOnce(...step: Parameters<typeof sendAll>): RequestBatch {
  return { ...sendAll(...step), atOnce: true };
}

/** A step that sends a correct request and expects it to bind. */
export function bindsWith(what: string, ...changes: readonly Change[]): RequestBatch {
  return send(what, changes, binds);
}

/** For a correct request after others: it binds, or gets 5049 if one of them has bound the device. */
export const unlessBound: RequestBatch['expect'] = unlessOneBound(refusedWith(5049), binds);

/** For a correct request after others for another device: if one of them has bound a device, it may be this one. */
export const whateverIsBound: RequestBatch['expect'] = unlessOneBound(refusedWith([200, 5049]), binds);
