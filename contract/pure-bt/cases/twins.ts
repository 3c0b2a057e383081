import { field } from '../../../generators/pure-bt/faults/fault.ts';
import { encryptedCode } from '../../../generators/pure-bt/forms.ts';
import type { Change } from '../../../generators/pure-bt/request.ts';
import type { Expectation } from '../../../spec/expectation.ts';
import { refusedWith } from '../../../spec/expectation.ts';
import type { Case, Volley } from './steps.ts';
import { send } from './steps.ts';

/** A case with the changes that its one request is made with, so that the request can be made in another form. */
export type StateCase = Case & { readonly changes: readonly Change[] };

/** The cases of one request once more: encrypted, with every optional field, and twice. */
export function twinsOf(cases: readonly StateCase[]): readonly Case[] {
  const ofOneRequest = cases.flatMap((tested) => {
    const [step, ...more] = tested.steps;
    return step === undefined || 'timed' in step || more.length > 0 ? [] : [{ tested, step }];
  });
  // Whether 5893 undoes the bind is open, and the list is not asked for where isCommonDevice is false.
  const refused = ofOneRequest.filter(({ tested: { code } }) => code !== 200 && code !== 5893);
  return [...ofOneRequest.map(encrypted), ...refused.map(full), ...refused.map(again)];
}

type OfOneRequest = { readonly tested: StateCase; readonly step: Volley };

/** A check that one path skips is no check. */
function encrypted({ tested, step }: OfOneRequest): Case {
  const twin = send(step.what, [...tested.changes, encryptedCode], step.expect);
  return { ...tested, id: `${tested.id}/encrypted`, title: `${tested.title} (encrypted code)`, steps: [twin] };
}

/** With every field that is optional and changes nothing here. */
function full({ tested, step }: OfOneRequest): Case {
  const optional = [
    field('deviceName', () => 'Küchenwaage'),
    field('capabilitiesBitmask', () => 4),
    field('isCommonDevice', () => false),
  ];
  const twin = send('a request with every optional field', [...tested.changes, ...optional], step.expect);
  return { ...tested, id: `${tested.id}/full`, title: `${tested.title} (every optional field)`, steps: [twin] };
}

/** A refusal stays one: the request made anew earns the same code, not a bind. */
function again({ tested, step }: OfOneRequest): Case {
  // Where the other reading has bound it, that is what the second one is told.
  const twin = send('the request made anew', tested.changes, (dialect, earlier) =>
    earlier.some(({ bound }) => bound) ? boundBefore(tested) : step.expect(dialect, earlier),
  );
  return { ...tested, id: `${tested.id}/again`, title: `${tested.title}, twice`, steps: [step, twin] };
}

/** After a bind, an old secret is that of no bind before it as well. */
function boundBefore({ rule }: StateCase): Expectation {
  return refusedWith(5049, { anyRefusal: rule === 'unbound' });
}
