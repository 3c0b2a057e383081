import { refusedWith } from '../../../spec/expectation.ts';
import { secretPlaintext } from '../../../spec/pure-bt/formulas.ts';
import type { Json } from '../../request.ts';
import { withFields } from '../../request.ts';
import { productKey } from '../products.ts';
import type { RequestContext } from '../request.ts';
import { withPlaintexts } from '../request.ts';
import type { Fault } from './fault.ts';
import { draftChange } from './fault.ts';

/** Faults of `pk`: 5066 where there is none, 5314 where nobody knows it. */
export const pkFaults: readonly Fault[] = [
  missing('absent', 'a request without pk', undefined),
  missing('null', 'a null pk', null),
  missing('empty', 'an empty pk', ''),
  {
    id: 'pk/unknown',
    title: 'a pk that no product has',
    breaks: 'pk',
    changes: [pkChange(({ random, fixture }) => anotherPk(fixture.pk, productKey(random)))],
    // Which lookup fails first (product, authorisation, permission) is open; that one fails is not.
    expect: refusedWith(5314, {
      siblings: ['unknownDevice'],
      open: [5041, 5229, 5327, 5358],
      openRefusals: 'undocumented',
      reading: 'pk-unknown-code',
    }),
    rule: 'pk-unknown',
    names: 'another device',
  },
];

function missing(name: string, title: string, value: Json | undefined): Fault {
  return {
    id: `pk/${name}`,
    title,
    breaks: 'pk',
    changes: [draftChange((draft) => withFields(draft, { pk: value }))],
    expect: refusedWith(5066),
    rule: 'pk-given',
  };
}

function pkChange(pk: (context: RequestContext) => string): Fault['changes'][number] {
  return draftChange((draft, context) => {
    const value = pk(context);
    return withPlaintexts(withFields(draft, { pk: value }), {
      encryptedNewBindingSecret: secretPlaintext(value, context.fixture.dk, context.fixture.bindingSecret),
    });
  });
}

function anotherPk(known: string, made: string): string {
  return made === known ? `${made}0` : made;
}
