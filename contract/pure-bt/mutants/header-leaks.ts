import type { Mutant } from '../../mutants/mutant.ts';
import { answering, fieldOf } from '../../mutants/wires.ts';

/** Line breaks of a field must not become headers of the answer. */
export const headerLeakMutants: readonly Mutant[] = ['deviceName', 'frid', 'dk', 'pk', 'bindingCode', 'random'].map(
  planted,
);

/** The text of a field in a header, line breaks included, as a server without a check would write it. */
function planted(name: string): Mutant {
  return {
    id: `leak/header-from-${name}`,
    breaks: `writes ${name} into a header as it is`,
    killedBy: [`robustness/planted-header-${name}`],
    wire: answering((answer, request) => {
      const [, ...lines] = fieldOf(request, name).split('\r\n');
      const headers = lines.flatMap((line) => {
        const [key, value] = line.split(': ');
        return key && value ? [[key, value] as const] : [];
      });
      return { ...answer, headers: [...answer.headers, ...headers] };
    }),
  };
}
