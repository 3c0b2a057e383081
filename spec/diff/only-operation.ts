import { type Call, type Chosen, chooseOne, isChosen } from '../document/chosen.ts';
import type { Operation, Spec } from './model.ts';

/**
 * Two documents with only the chosen operation. A document with a single operation may call it by another path, but one of
 * them must have the chosen call.
 * @throws DocumentError if an operation is missing or if several have the chosen path; the message lists the choices.
 */
export function onlyOperation(
  [before, after]: readonly [Spec, Spec],
  chosen: Chosen | undefined,
): readonly [before: Spec, after: Spec] {
  if (chosen === undefined) return [before, after];
  const hasCall = ({ operations }: Spec): boolean =>
    operations.some((operation) => isChosen(toCall(operation), chosen));
  const only = (spec: Spec, other: Spec): Spec => {
    if (spec.operations.length === 1 && !hasCall(spec) && hasCall(other)) return spec;
    return { ...spec, operations: [chooseOne(spec.operations, toCall, chosen, spec.file)] };
  };
  return [only(before, after), only(after, before)];
}

function toCall({ method, path, at }: Operation): Call {
  return { method, path, line: at.line };
}
