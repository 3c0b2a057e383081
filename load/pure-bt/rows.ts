import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { capabilityBitmasks } from '../../generators/pure-bt/capabilities.ts';
import { deviceNameKinds } from '../../generators/pure-bt/device-names.ts';
import { badPadding } from '../../generators/pure-bt/faults/ciphertext.ts';
import { draftChange, field, sealedField, signedField, textOf } from '../../generators/pure-bt/faults/fault.ts';
import { replacedAt } from '../../generators/pure-bt/faults/tamper.ts';
import { encryptedCode, oldSecretPlaintext, withOldSecret } from '../../generators/pure-bt/forms.ts';
import type { Change } from '../../generators/pure-bt/request.ts';
import { buildRequest, withPlaintexts } from '../../generators/pure-bt/request.ts';
import type { Random } from '../../generators/random.ts';
import type { BuiltRequest } from '../../generators/request.ts';
import type { Dialect } from '../../spec/pure-bt/dialect.ts';
import { secretPlaintext } from '../../spec/pure-bt/formulas.ts';
import type { Fixture } from '../../spec/pure-bt/states.ts';
import type { Identity } from '../plan.ts';
import { dkOf, ivOf } from '../plan.ts';
import type { Recipe } from './recipe.ts';

/** What every request of a run is made from. */
export type RowMaker = {
  readonly fixture: Fixture;
  readonly dialect: Dialect;
  readonly random: Random;
  readonly identity: Identity;
};

/** The request of a number, made by a recipe: what k6 makes in the VU, with optional fields as faker draws them. */
export function requestOf(
  { fixture, dialect, random, identity }: RowMaker,
  recipe: Recipe,
  number: number,
): BuiltRequest {
  const dk = recipe.dk === 'right' ? dkOf(identity, number) : `${dkOf(identity, number)}-`;
  const iv = ivOf(identity, number);
  const context = { fixture: { ...fixture, dk }, dialect, random, keys: {} };
  return buildRequest(context, [field('random', () => iv), ...optionalFields(random), ...changesOf(recipe, iv)]);
}

/**
 * Writes the requests of a run to a file of mode 0600, one body a line, each as it is made: memory stays flat, whatever their number.
 * `recipeOf` says how the request of a number is made.
 */
export async function writeRows(
  file: string,
  count: number,
  maker: RowMaker,
  recipeOf: (number: number) => Recipe,
  signal: AbortSignal,
): Promise<void> {
  function* lines(): Generator<string> {
    for (let number = 0; number < count; number += 1) {
      const { body } = requestOf(maker, recipeOf(number), number);
      yield `${number === 0 ? '' : '\n'}${JSON.stringify(body)}`;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(file, { mode: 0o600 }), { signal });
}

/** What a real client sends along: a third of the requests have a name, a third their capabilities. */
function optionalFields(random: Random): readonly Change[] {
  const choice = random.number.int({ min: 0, max: 2 });
  if (choice === 1)
    return [field('deviceName', () => random.helpers.arrayElement(Object.values(deviceNameKinds))(random))];
  if (choice === 2) return [field('capabilitiesBitmask', () => random.helpers.arrayElement(capabilityBitmasks))];
  return [];
}

function changesOf({ bindingCode, newSecret, oldSecret, signature }: Recipe, iv: string): readonly Change[] {
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
    ...(signature === 'right' ? [] : [signedField('signature', (body) => replacedAt(textOf(body, 'signature'), 31))]),
  ];
}

function badlyPadded(name: string, iv: string, plaintext: (fixture: Fixture) => string): Change {
  return sealedField(name, (_, context) =>
    badPadding({ plaintext: plaintext(context.fixture), key: context.fixture.ps, iv, context }),
  );
}
