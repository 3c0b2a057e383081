import { outcomeOf } from '../../../generators/family/declared/faults.ts';
import { allFields } from '../../../generators/family/declared/forms.ts';
import type { Change } from '../../../generators/request.ts';
import { refusedWith, binds as succeeds } from '../../../spec/expectation.ts';
import { type Declared, type DeclaredCheck, fieldThatIs } from '../../../spec/family/declared/model.ts';
import { ruleOf, slug } from '../../../spec/family/declared/rules.ts';
import { type Case, unlessOneBound } from '../../run/case.ts';
import { changesFor, type Maker } from './steps.ts';

/** Codes that a state causes: a correct request, the same with every optional field, and twice. */
export function stateCases(maker: Maker): readonly Case[] {
  const { declared, tested, send, repeated } = maker;
  const { checks } = declared.declaration;
  return checks.flatMap((check) => {
    const { state, code, with: names } = check;
    if (state === undefined) return [];
    const expect = expectationOf(check, declared);
    const changes = changesFor(declared, names);
    const full = [...changes, ...harmless(declared, names)];
    const id = `state/${slug(state)}`;
    const rule = ruleOf(check, declared);
    const about = { code, given: state };
    const first = send('a request without any other fault', changes, expect);
    // While it is guessed, the first request may succeed; the second one is then a repeated one.
    const bound = repeated === undefined ? expect : refusedWith(repeated.code, { anyRefusal: true });
    const again = send('the same request again', changes, unlessOneBound(bound, expect));
    return [
      tested(id, `answers ${code} in the state: ${state}`, rule, [first], about),
      tested(`${id}/again`, `answers ${code} twice in the state: ${state}`, rule, [first, again], about),
      ...(full.length === changes.length
        ? []
        : [
            tested(
              `${id}/full`,
              `answers ${code} with every optional field in the state: ${state}`,
              rule,
              [send('a request with every optional field', full, expect)],
              about,
            ),
          ]),
    ];
  });
}

/** The document does not tell the three permission codes apart, so another one of them is another reading. */
const permissions = [5041, 5327, 5358];

function expectationOf(check: DeclaredCheck, declared: Declared): ReturnType<typeof outcomeOf> {
  const others = permissions.includes(check.code) ? permissions.filter((code) => code !== check.code) : [];
  const listed = others.filter((code) => declared.declaration.checks.some((one) => one.code === code));
  const siblings = check.state === 'a device the cloud cannot look up' ? { siblings: ['unknownDevice'] } : {};
  return outcomeOf(check, declared, {
    ...siblings,
    ...(listed.length > 0 && { open: listed, reading: ruleOf(check, declared) }),
  });
}

/** Every optional field that does not change the outcome of a state. */
function harmless(declared: Declared, names: DeclaredCheck['with'] = []): readonly Change[] {
  return fieldThatIs('isCommonDevice', declared) !== undefined && names.length > 0 ? [] : allFields(declared);
}

/** A second request after a success gets the code for it, in every form. */
export function repeatCases({ declared, tested, send, repeated }: Maker): readonly Case[] {
  if (repeated === undefined) return [];
  const rule = ruleOf(repeated, declared);
  const full = allFields(declared);
  const expect = outcomeOf(repeated, declared);
  const home = (declared.declaration.accepts ?? []).filter(({ with: names = [] }) => names.length > 0);
  const twice = (id: string, how: string, changes: readonly Change[], given = declared.declaration.ready): Case =>
    tested(
      `repeat/${id}`,
      `answers ${repeated.code} to a second request ${how}`,
      rule,
      [send('the first request', changes, succeeds), send('a second request', changes, expect)],
      { code: repeated.code, given },
    );
  return [
    twice('plain', 'with the required fields', []),
    ...(full.length === 0 ? [] : [twice('full', 'with every optional field', full)]),
    ...home.map(({ state, with: names }) =>
      twice(slug(state), `in the state: ${state}`, changesFor(declared, names), state),
    ),
  ];
}
