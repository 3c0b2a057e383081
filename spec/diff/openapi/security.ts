import { isRecord } from '../../is-record.ts';
import { canonical } from '../canonical.ts';
import type { Fact, Subject } from '../model.ts';
import { child, entries, factOf, items, type Node, placeOf, resolve, rootOf } from './source.ts';

/** The security schemes of an operation, or those of the document. */
export function securitySubjects(operation: Node): readonly Subject[] {
  const own = child(operation, 'security');
  const asked = items(own.value === undefined ? child(rootOf(operation), 'security') : own);
  return asked
    .map((choice): Subject => {
      const names = entries(choice)
        .map(([name]) => name)
        .sort();
      return {
        kind: 'security',
        name: names.length === 0 ? 'none' : names.join(' with '),
        direction: 'request',
        at: placeOf(choice),
        facts: names.flatMap((name) => schemeFacts(name, child(choice, name))),
      };
    })
    .filter(({ name }) => asked.length > 1 || name !== 'none');
}

function schemeFacts(name: string, scopes: Node): readonly Fact[] {
  const scheme = resolve(child(rootOf(scopes), 'components', 'securitySchemes', name));
  if (!isRecord(scheme.value)) return [];
  const { description, bearerFormat: format, scheme: kind, ...parts } = scheme.value;
  const value = canonical({
    ...parts,
    // Names of HTTP schemes are not case-sensitive (RFC 9110, 11.1).
    ...(kind !== undefined && { scheme: String(kind).toLowerCase() }),
    scopes: items(scopes)
      .map((scope) => String(scope.value))
      .sort(),
  });
  return [
    ...factOf('scheme', scheme, value),
    ...(typeof description === 'string' ? factOf('description', child(scheme, 'description')) : []),
    ...factOf('note/bearerFormat', child(scheme, 'bearerFormat'), format === undefined ? undefined : String(format)),
  ];
}
