import { replaceAt } from '../../generators/family/tamper.ts';
import { badPadding } from '../../generators/pure-bt/faults/ciphertext.ts';
import { draftChange, field, fieldText, sealedField, signedField } from '../../generators/pure-bt/faults/fault.ts';
import type { Change } from '../../generators/pure-bt/request.ts';
import { buildRequest, withPlaintexts } from '../../generators/pure-bt/request.ts';
import { encryptedCode, oldSecretPlaintext, withOldSecret } from '../../generators/pure-bt/valid-forms.ts';
import { seededRandom } from '../../generators/random.ts';
import type { BuiltRequest } from '../../generators/request.ts';
import type { Fixture } from '../../spec/family/states.ts';
import type { Dialect } from '../../spec/pure-bt/dialect.ts';
import { secretPlaintext } from '../../spec/pure-bt/formulas.ts';
import type { Workload } from '../operation.ts';
import type { OptionalFields } from './optional-fields.ts';
import { optionalFields } from './optional-fields.ts';
import type { Recipe } from './recipe.ts';
import { makeDk, makeIv } from './recipe.ts';

/** Makes the requests of a run by recipe and number, as k6 does in the VU, with random optional fields. */
export function requestMaker(
  fixture: Fixture,
  dialect: Dialect,
  run: string,
): (workload: Workload, number: number) => BuiltRequest {
  const random = seededRandom(0, run);
  const optional = optionalFields(run);
  return (workload, number) => {
    const recipe = workload.recipe as Recipe;
    const iv = makeIv(run, number);
    const context = { fixture: { ...fixture, dk: makeDk(recipe, run, number) }, dialect, random, keys: {} };
    return buildRequest(context, [
      field('random', () => iv),
      ...toFields(optional[number % optional.length] ?? {}),
      ...toChanges(recipe, iv),
    ]);
  };
}

function toFields(fields: OptionalFields): readonly Change[] {
  return Object.entries(fields).map(([name, value]) => field(name, () => value));
}

function toChanges({ bindingCode, newSecret, oldSecret, signature }: Recipe, iv: string): readonly Change[] {
  return [
    ...(bindingCode === 'plain' ? [] : [encryptedCode]),
    ...(bindingCode === 'no-code'
      ? [
          draftChange((draft, { fixture }) =>
            withPlaintexts(draft, { encryptedBindingCode: `G${fixture.bindingCode.slice(1)}` }),
          ),
        ]
      : []),
    ...(oldSecret === 'absent' ? [] : [withOldSecret]),
    ...(newSecret === 'right'
      ? []
      : [
          badlyPadded('encryptedNewBindingSecret', iv, ({ pk, dk, bindingSecret }) =>
            secretPlaintext(pk, dk, bindingSecret),
          ),
        ]),
    ...(oldSecret === 'undecryptable' ? [badlyPadded('encryptedOldBindingSecret', iv, oldSecretPlaintext)] : []),
    ...(signature === 'right' ? [] : [signedField('signature', (body) => replaceAt(fieldText(body, 'signature'), 31))]),
  ];
}

function badlyPadded(name: string, iv: string, plaintext: (fixture: Fixture) => string): Change {
  return sealedField(name, (_, { fixture }) => badPadding({ plaintext: plaintext(fixture), key: fixture.ps, iv }));
}
