/**
 * Makes requests on one core for some seconds of CPU time and prints how many a second: `bare` hashes and encrypts the same
 * bytes in a loop, `bulk` makes the rows of a load.
 */
import { createCipheriv, hash } from 'node:crypto';
import { madeUpFixture } from '../../../generators/family/fixture.ts';
import { seededRandom } from '../../../generators/random.ts';
import { loadOperation } from '../../../load/pure-bt/operation.ts';
import { rowMaker } from '../../../load/pure-bt/requests.ts';
import { newRunId } from '../../../load/run/product.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { secretPlaintext, textToSign } from '../../../spec/pure-bt/formulas.ts';

const [mode = 'bare', seconds = '1'] = process.argv.slice(2);
const operation = loadOperation(defaultDialect);
const fixture = madeUpFixture(seededRandom(1, 'bench'), 'made.up.token');
const { pk, ps, bindingCode, bindingSecret, userDomainSecret } = fixture;
const run = newRunId();
const batch = 500;

const arms: Readonly<Record<string, () => (number: number) => string>> = {
  bare: () => {
    // Everything but hashing and encryption is done before the loop.
    const key = Buffer.from(ps);
    const dk = `${run}00A1B2`;
    const signed = textToSign({ pk, dk, bindingCode, pwd: undefined }, userDomainSecret);
    const plaintext = secretPlaintext(pk, dk, bindingSecret);
    const iv = 'r2f8k1m0000a1b2c';
    return () => {
      const cipher = createCipheriv('aes-128-cbc', key, iv);
      return cipher.update(plaintext, 'utf8', 'base64') + cipher.final('base64') + hash('sha256', signed, 'hex');
    };
  },
  bulk: () => {
    const make = rowMaker(fixture, defaultDialect, run);
    return (number) => make(operation.plain, number);
  },
};

const make = arms[mode]?.();
if (make === undefined) throw new Error(`no arm ${mode}`);
let number = 0;
let characters = 0;
/** Runs until the process has used so much CPU time, and returns the rows per second. */
const runFor = (limit: number): number => {
  const started = process.cpuUsage();
  const first = number;
  for (;;) {
    for (let at = 0; at < batch; at += 1, number += 1) characters += make(number).length;
    const { user, system } = process.cpuUsage(started);
    const used = (user + system) / 1e6;
    if (used >= limit) return (number - first) / used;
  }
};
runFor(0.4);
const rate = runFor(Number(seconds));
process.stdout.write(JSON.stringify({ rate, characters }));
