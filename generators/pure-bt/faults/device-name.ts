import { refusedWith } from '../../../spec/expectation.ts';
import { deviceNameOfLength } from '../device-names.ts';
import type { RequestContext } from '../request.ts';
import type { Fault } from './fault.ts';
import { field } from './fault.ts';

/** Faults of `deviceName`: over the dialect's limit earns 5333. ASCII only, since the unit is open. */
export const deviceNameFaults: readonly Fault[] = [
  name('too-long', 'a deviceName one character over the limit', ({ dialect }) => dialect.deviceNameLimit + 1),
  name('far-too-long', 'a deviceName ten times the limit', ({ dialect }) => dialect.deviceNameLimit * 10),
];

function name(id: string, title: string, length: (context: RequestContext) => number): Fault {
  return {
    id: `name/${id}`,
    title,
    breaks: 'deviceName',
    changes: [field('deviceName', (context) => deviceNameOfLength(context.random, length(context)))],
    expect: refusedWith(5333, { open: [200], openRefusals: 'undocumented', reading: 'name-limit' }),
    rule: 'name-limit',
  };
}
