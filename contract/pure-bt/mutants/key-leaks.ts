import { createHash } from 'node:crypto';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Attempt } from '../../../spec/pure-bt/reference/decision.ts';
import type { Mutant } from '../../mutants/mutant.ts';
import { inData, inExtMsg, inHeader, inMsg, isBound, leak, ps, refusedBy } from './leak.ts';

/** Answers that give away a key, or the signature that it makes. Source: DOMAIN sections 4 and 6. */
export const keyLeakMutants: readonly Mutant[] = [
  leak('ps-in-msg', "the product's secret in msg", refusedBy(5420), ps, inMsg, 'signature/middle-digit'),
  leak('ps-in-ext-msg', "the product's secret in extMsg", refusedBy(5459), ps, inExtMsg, 'new-secret/wrong-key'),
  leak(
    'ps-in-hex',
    "the product's secret in hex",
    refusedBy(5213),
    (attempt) => hex(ps(attempt)),
    inMsg,
    'encrypted-code/bad-padding',
  ),
  leak(
    'ps-in-base64',
    "the product's secret in Base64 in a header",
    refusedBy(5459),
    (attempt) => base64(ps(attempt)),
    inHeader,
    'new-secret/bad-padding',
  ),
  leak(
    'ps-in-debug',
    'everything it knows in a Base64 header',
    refusedBy(5412),
    (attempt) => base64(JSON.stringify({ state: 'single', product: attempt.product?.ps })),
    inHeader,
    'mode-single',
  ),
  leak(
    'domain-secret-in-ext-msg',
    'the userDomainSecret in extMsg',
    refusedBy(5420),
    domainSecret,
    inExtMsg,
    'signature/zeros',
  ),
  leak(
    'domain-secret-half',
    'half of the userDomainSecret',
    refusedBy(5420),
    (attempt) => domainSecret(attempt).slice(0, 22),
    inMsg,
    'signature/first-digit',
  ),
  leak(
    'domain-secret-end',
    'the end of the userDomainSecret',
    refusedBy(5550),
    (attempt) => domainSecret(attempt).slice(-14),
    inMsg,
    'signature/absent',
  ),
  leak(
    'domain-secret-on-success',
    'the userDomainSecret in the data of a success',
    isBound,
    domainSecret,
    inData,
    'bind/plain',
  ),
  leak(
    'domain-secret-in-home',
    "the userDomainSecret where somebody else's home is given",
    refusedBy(5041),
    domainSecret,
    inMsg,
    'foreign-home/of-nobody',
  ),
  leak(
    'text-to-sign',
    'the text that should have been signed',
    refusedBy(5420),
    (attempt) => correct.textToSign(attempt),
    inMsg,
    'signature/last-digit',
  ),
  leak(
    'due-signature',
    'the signature that is due',
    refusedBy(5420),
    due,
    inMsg,
    'signature/first-digit',
    'signature/middle-digit-encrypted',
  ),
  leak(
    'due-signature-upper-case',
    'the signature that is due, in upper case in a header',
    refusedBy(5420),
    (attempt) => due(attempt).toUpperCase(),
    inHeader,
    'signature/zeros',
  ),
  leak(
    'due-signature-base64',
    'the digest that is due, in Base64',
    refusedBy(5420),
    (attempt) => Buffer.from(due(attempt), 'hex').toString('base64'),
    inMsg,
    'signature/zeros',
  ),
  leak(
    'due-signature-absent',
    'the signature that is due to who sends none',
    refusedBy(5550),
    due,
    inExtMsg,
    'signature/absent',
    'signature/empty',
  ),
];

function domainSecret(attempt: Attempt): string {
  return attempt.domainSecret ?? '';
}

function due(attempt: Attempt): string {
  return createHash('sha256').update(correct.textToSign(attempt)).digest('hex');
}

function hex(text: string): string {
  return Buffer.from(text).toString('hex');
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
