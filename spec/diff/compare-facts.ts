import { canonical } from './canonical.ts';
import type { Comparable } from './comparable.ts';
import type { Found } from './gather.ts';
import type { Fact, Operation, Place, Subject } from './model.ts';
import { judgeFact } from './rules/facts.ts';

/** What differs in the statements about one subject; its meaning as a code is compared with all codes. */
export function compareFacts(
  one: Subject,
  other: Subject,
  operation: Operation,
  comparable: Comparable,
): readonly Found[] {
  const facets = [...new Set([...one.facts, ...other.facts].map(({ facet }) => facet))].filter(
    (facet) => facet !== 'meaning',
  );
  const isOtherType = canonical(factOf(one, 'type')?.value ?? null) !== canonical(factOf(other, 'type')?.value ?? null);
  return facets.flatMap((facet) => {
    // What names a security scheme or a server has been told with its name.
    if (facet === 'scheme' && one.kind === 'security') return [];
    // A format and the name of a class belong to their type.
    if ((facet === 'format' || facet === 'note/class') && isOtherType) return [];
    const [before, after] = [factOf(one, facet), factOf(other, facet)];
    const compared = comparable.facts(facet, before, after);
    if (compared === undefined) return [];
    const [was, is] = compared;
    if (canonical(was?.value ?? null) === canonical(is?.value ?? null)) return [];
    const differences = judgeFact({ facet, direction: one.direction, before: was?.value, after: is?.value });
    const at = { before: placeOf(was, one), after: placeOf(is, other) };
    return differences.map((difference) => ({ told: difference, subject: one, operation, facet, at }));
  });
}

/** The statement of a facet about a subject; undefined where there is none. */
export function factOf({ facts }: Subject, facet: Fact['facet']): Fact | undefined {
  return facts.find((fact) => fact.facet === facet);
}

function placeOf(fact: Fact | undefined, subject: Subject): Place {
  return fact?.at ?? subject.factsAt ?? subject.at;
}
