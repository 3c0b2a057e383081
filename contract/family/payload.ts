import { declaredFaults } from '../../generators/family/declared/faults.ts';
import { declaredForms } from '../../generators/family/declared/forms.ts';
import { buildDeclared, inventFixture } from '../../generators/family/declared/request.ts';
import type { Change } from '../../generators/request.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import type { Declared } from '../../spec/family/declared/model.ts';
import { declaredOperation } from '../../spec/family/declared/operation.ts';
import { findNamed, type PrintedRequest, type RequestMaker } from '../payload.ts';

/** Makes the requests of an operation that is data. */
export function declaredRequests(declared: Declared): RequestMaker<PrintedRequest<Change>> {
  const named = namedRequests(declared);
  return {
    operation: declaredOperation(declared),
    namedRequests: () => named,
    requestNamed: (name) => findNamed(name, named),
    invent: (_, id) => inventFixture(declared, id),
    build: ({ changes }, context) => {
      const built = buildDeclared(declared, context, changes);
      const { authorization, http } = built;
      const isEmpty = http.body instanceof Uint8Array && http.body.length === 0;
      return { authorization, path: http.path, body: isEmpty ? null : built.body, whole: () => built };
    },
  };
}

/** The requests that can be printed: the plain one, forms and faults. */
function namedRequests(declared: Declared): readonly PrintedRequest<Change>[] {
  return [
    { id: 'plain', kind: 'form', title: 'a correct request', changes: [] },
    ...declaredForms(declared).map(({ id, title, changes }) => ({
      id,
      kind: 'form',
      title: `a request ${title}`,
      changes,
    })),
    ...declaredFaults(declared)
      .filter(({ needs }) => needs === undefined || needs === 'foreignKeyPem')
      .map(({ id, title, changes, needs }) => definedOnly({ id, kind: 'fault', title, changes, needs })),
  ];
}
