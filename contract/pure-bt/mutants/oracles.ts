import { createDecipheriv } from 'node:crypto';
import type { Behaviour } from '../../../spec/pure-bt/reference/behaviour.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Attempt, Decision, Refusal } from '../../../spec/pure-bt/reference/decision.ts';
import type { ServedResponse } from '../../../spec/pure-bt/reference/reference.ts';
import type { Wire } from '../../../spec/pure-bt/reference/wire.ts';
import type { Difference, Mutant } from '../../mutants/mutant.ts';
import { answering, codeOf, delaying, refusal, withEnvelope } from '../../mutants/wires.ts';

/** What a time gives away, in milliseconds. */
const tellingMs = 8;

/** Bad padding and bad content told apart on one field: by code, words, shape, header, HTTP status or time. */
export const oracleMutants: readonly Mutant[] = [
  ...fields().flatMap(({ field, slug, told, as }) => [
    oracle(`${slug}-by-code`, `another code for ${field}`, { override: told }, `oracle/${slug}`),
    oracle(
      `${slug}-by-msg`,
      `another msg for ${field}`,
      disguised(told, as, (answer) => withEnvelope(answer, (envelope) => ({ ...envelope, msg: 'Bad padding' }))),
      `oracle/${slug}`,
    ),
    oracle(`${slug}-by-time`, `another time for ${field}`, slowed(told, as), `timing/${slug}`),
  ]),
  oracle(
    'by-shape',
    'no extMsg for encryptedNewBindingSecret',
    newSecret((answer) => withEnvelope(answer, ({ extMsg: _, ...rest }) => rest)),
    'oracle/new-secret',
  ),
  oracle(
    'by-header',
    'another header for encryptedNewBindingSecret',
    newSecret((answer) => ({ ...answer, headers: [...answer.headers, ['x-error', '1']] })),
    'oracle/new-secret',
  ),
  oracle(
    'by-status',
    'another HTTP status for encryptedNewBindingSecret',
    newSecret((answer) => ({ ...answer, httpStatus: 400 })),
    'oracle/new-secret',
  ),
  oracle(
    'by-one-kind',
    'another code for one kind of it',
    {
      override: spotted(
        'encryptedNewBindingSecret',
        'newSecretReadable',
        'newSecretMissing',
        (last) => last === 0 || last > 16,
      ),
    },
    'oracle/new-secret',
  ),
  {
    id: 'timing/signature',
    breaks: 'compares a signature digit by digit and stops where it differs',
    killedBy: ['timing/signature'],
    override: {
      sameSignature: (given, due) => {
        let same = 0;
        while (same < due.length && given[same] === due[same]) same += 1;
        sleep((same * tellingMs) / 40);
        return correct.sameSignature(given, due);
      },
    },
  },
];

type CipherField = 'encryptedBindingCode' | 'encryptedNewBindingSecret' | 'encryptedOldBindingSecret';

type Told = {
  readonly field: CipherField;
  readonly slug: string;
  readonly told: Partial<Behaviour>;
  readonly as: readonly [from: number, to: number];
};

/** Each field with a refusal of its own for bad padding, and the code that hides it. */
function fields(): readonly Told[] {
  const { codes } = correct;
  return [
    {
      field: 'encryptedBindingCode',
      slug: 'encrypted-code',
      told: spotted('encryptedBindingCode', 'encryptedBindingCodeReadable', 'bindingCodeWrong'),
      as: [codes.bindingCodeWrong, codes.bindingCodeFormat],
    },
    {
      field: 'encryptedNewBindingSecret',
      slug: 'new-secret',
      told: spotted('encryptedNewBindingSecret', 'newSecretReadable', 'newSecretMissing'),
      as: [codes.newSecretMissing, codes.newSecretBad],
    },
    {
      field: 'encryptedOldBindingSecret',
      slug: 'old-secret',
      told: spotted('encryptedOldBindingSecret', 'oldSecretReadable', 'newSecretMissing'),
      as: [codes.newSecretMissing, codes.oldSecretBad],
    },
  ];
}

function oracle(name: string, how: string, difference: Difference, killedBy: string): Mutant {
  return {
    id: `oracle/${name}`,
    breaks: `tells bad padding from bad content: ${how}`,
    killedBy: [killedBy],
    ...difference,
  };
}

/** Bad padding of a field refused by a name of its own. */
function spotted(
  field: CipherField,
  name: 'encryptedBindingCodeReadable' | 'newSecretReadable' | 'oldSecretReadable',
  padding: Refusal,
  isTold: (last: number) => boolean = () => true,
): Partial<Behaviour> {
  const decision: Decision = (attempt, world) => {
    const last = lastByteOfBadPadding(attempt, field);
    return last !== undefined && isTold(last) ? padding : correct[name](attempt, world);
  };
  return { [name]: decision };
}

/** The two answers under one code, apart by something else. */
function disguised(
  told: Partial<Behaviour>,
  [from, to]: Told['as'],
  change: (answer: ServedResponse) => ServedResponse,
): Difference {
  return { override: told, wire: answering((answer) => (codeOf(answer) === from ? change(refusal(to)) : answer)) };
}

function newSecret(change: (answer: ServedResponse) => ServedResponse): Difference {
  const told = spotted('encryptedNewBindingSecret', 'newSecretReadable', 'newSecretMissing');
  return disguised(told, [correct.codes.newSecretMissing, correct.codes.newSecretBad], change);
}

/** The two answers alike, one of them later. */
function slowed(told: Partial<Behaviour>, [from, to]: Told['as']): Difference {
  const later = delaying((answer) => (codeOf(answer) === from ? tellingMs : 0));
  const wire: Wire = (handle) => {
    const serve = later(handle);
    return async (request) => {
      const answer = await serve(request);
      return typeof answer !== 'string' && codeOf(answer) === from ? refusal(to) : answer;
    };
  };
  return { override: told, wire };
}

/** The last byte of a text that is not padded well; undefined where it is, or cannot be decrypted at all. */
function lastByteOfBadPadding({ fields: sent, product }: Attempt, field: CipherField): number | undefined {
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
