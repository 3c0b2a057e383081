import { createDecipheriv } from 'node:crypto';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Attempt, Refusal } from '../../../spec/pure-bt/reference/decision.ts';
import { mutantsOf } from '../../mutants/mutant.ts';
import type { Edit } from '../../mutants/operators.ts';
import { delaying, having, lacking, withHeaders, withJson, withStatus } from '../../mutants/operators.ts';
import type { Difference, Mutant } from './server.ts';
import { changed, onCodes, refusal } from './server.ts';

/** What a time gives away, in milliseconds. */
const tellingMs = 8;

/** A field whose bad padding is refused by a name of its own, and the refusal that hides it. */
type Told = {
  readonly field: 'encryptedBindingCode' | 'encryptedNewBindingSecret' | 'encryptedOldBindingSecret';
  readonly decision: 'encryptedBindingCodeReadable' | 'newSecretReadable' | 'oldSecretReadable';
  readonly padding: Refusal;
  readonly content: Refusal;
};

const told = {
  'encrypted-code': {
    field: 'encryptedBindingCode',
    decision: 'encryptedBindingCodeReadable',
    padding: 'bindingCodeWrong',
    content: 'bindingCodeFormat',
  },
  'new-secret': {
    field: 'encryptedNewBindingSecret',
    decision: 'newSecretReadable',
    padding: 'newSecretMissing',
    content: 'newSecretBad',
  },
  'old-secret': {
    field: 'encryptedOldBindingSecret',
    decision: 'oldSecretReadable',
    padding: 'newSecretMissing',
    content: 'oldSecretBad',
  },
} as const satisfies Readonly<Record<string, Told>>;
const newSecret = told['new-secret'];

/** Bad padding and bad content told apart on one field: by code, words, shape, header, HTTP status or time. */
export const oracleMutants: readonly Mutant[] = [
  ...Object.entries(told).flatMap(([slug, one]) =>
    oracles({
      [`${slug}-by-code: another code for ${one.field} -> oracle/${slug}`]: spotted(one),
      [`${slug}-by-msg: another msg for ${one.field} -> oracle/${slug}`]: disguised(
        one,
        withJson(having({ msg: 'Bad padding' })),
      ),
      [`${slug}-by-time: another time for ${one.field} -> timing/${slug}`]: slowed(one),
    }),
  ),
  ...oracles({
    'by-shape: no extMsg for encryptedNewBindingSecret': disguised(newSecret, withJson(lacking('extMsg'))),
    'by-header: another header for encryptedNewBindingSecret': disguised(newSecret, withHeaders(['x-error', '1'])),
    'by-status: another HTTP status for encryptedNewBindingSecret': disguised(newSecret, withStatus(400)),
    'by-one-kind: another code for one kind of it': spotted(newSecret, (last) => last === 0 || last > 16),
  }),
  ...changed({
    'timing/signature: compares a signature digit by digit and stops where it differs -> timing/signature': {
      sameSignature: (given, due) => {
        let same = 0;
        while (same < due.length && given[same] === due[same]) same += 1;
        sleep((same * tellingMs) / 40);
        return correct.sameSignature(given, due);
      },
    },
  }),
];

/** Mutants that tell bad padding from bad content, by the rest of their sentences. */
function oracles(differences: Readonly<Record<string, Difference>>): readonly Mutant[] {
  const sentences = Object.entries(differences).map(([rest, difference]) => {
    return [`oracle/${rest.replace(': ', ': tells bad padding from bad content: ')}`, difference];
  });
  return mutantsOf((difference: Difference) => difference, Object.fromEntries(sentences), 'oracle/new-secret');
}

/** Bad padding of a field refused by a name of its own. */
function spotted({ field, decision, padding }: Told, isTold: (last: number) => boolean = () => true): Difference {
  return {
    override: {
      [decision]: (...[attempt, world]: Parameters<(typeof correct)[typeof decision]>) => {
        const last = lastByteOfBadPadding(attempt, field);
        return last !== undefined && isTold(last) ? padding : correct[decision](attempt, world);
      },
    },
  };
}

/** The two answers under one code, apart by something else. */
function disguised(field: Told, edit: Edit): Difference {
  const [from, to] = [correct.codes[field.padding], correct.codes[field.content]];
  return { ...spotted(field), wire: onCodes([from], () => edit(refusal(to))) };
}

/** The two answers alike, one of them later. */
function slowed(field: Told): Difference {
  const late = new WeakSet<object>();
  const { wire = (handle) => handle, ...difference } = disguised(field, (answer) => {
    late.add(answer);
    return answer;
  });
  const wait = delaying((answer) => (late.has(answer) ? tellingMs : 0));
  return { ...difference, wire: (handle) => wait(wire(handle) as typeof handle) };
}

/** The last byte of a text that is not padded well; undefined where it is, or cannot be decrypted at all. */
function lastByteOfBadPadding({ fields: sent, product }: Attempt, field: Told['field']): number | undefined {
  const bytes = Buffer.from(sent[field] ?? '', 'base64');
  if (bytes.length === 0 || bytes.length % 16 !== 0) return undefined;
  const decipher = createDecipheriv('aes-128-cbc', product?.ps ?? '', sent.random ?? '').setAutoPadding(false);
  const text = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const last = text.at(-1) ?? 0;
  const isGood = last >= 1 && last <= 16 && text.subarray(-last).every((byte) => byte === last);
  return isGood ? undefined : last;
}

/** Blocks, as a slow comparison would. */
function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
