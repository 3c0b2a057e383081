/** Binds one new device per iteration, signed and encrypted in the VU, and counts what the body's code says. */
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter } from 'k6/metrics';
import { documentedCodes, siblingCodes } from '../../spec/catalogue.ts';
import { secretPlaintext, textToSign } from '../../spec/formulas.ts';
import { bucketCount, bucketOf } from '../histogram.ts';
import type { LoadPlan } from '../plan.ts';
import { encryptToBase64, importKey, sha256Hex } from './crypto.ts';

// The plan holds secrets, so it comes from a file of mode 0600, never from `-e`.
const plan = JSON.parse(open(__ENV['BINDGATE_PLAN'] ?? '')) as LoadPlan;

export const options = {
  scenarios: { bind: plan.scenario },
  summaryTrendStats: ['p(50)', 'p(90)', 'p(95)', 'p(99)', 'p(99.9)', 'max'],
  systemTags: ['status'],
  maxRedirects: 0,
  insecureSkipTLSVerify: plan.insecure,
};

const known = [0, ...documentedCodes.map(({ code }) => code), ...Object.values(siblingCodes).flat()];
const byCode = new Map(known.map((code) => [String(code), new Counter(`code_${code}`)]));
const otherCode = new Counter('code_other');
const noCode = new Counter('code_none');
/** No whole HTTP answer: nothing that a server said, so nothing to judge it by. */
const unanswered = new Counter('unanswered');
const buckets = Array.from({ length: bucketCount }, (_, index) => new Counter(`bucket_${index}`));
const codeInBody = /"code"\s*:\s*(-?\d+)(?![\d.eE])/;

const { fixture } = plan;
let key: CryptoKey | undefined;

export default async function bind(): Promise<void> {
  key ??= await importKey(fixture.ps);
  const dk = plan.dkPrefix + exec.scenario.iterationInTest.toString(36).toUpperCase().padStart(plan.dkDigits, '0');
  const secret = await encryptToBase64(secretPlaintext(fixture.pk, dk, fixture.bindingSecret), key, plan.random);
  const signed = { pk: fixture.pk, dk, bindingCode: fixture.bindingCode, pwd: undefined };
  const signature = sha256Hex(textToSign(signed, fixture.userDomainSecret));
  const body = `{"pk":"${fixture.pk}","dk":"${dk}","bindingCode":"${fixture.bindingCode}","encryptedNewBindingSecret":"${secret}","random":"${plan.random}","signature":"${signature}"}`;
  const answer = http.post(plan.url, body, { headers: plan.headers, timeout: plan.timeout });
  const [, code] = codeInBody.exec(typeof answer.body === 'string' ? answer.body : '') ?? [];
  if (answer.status === 0) unanswered.add(1);
  else if (answer.status !== 200 || code === undefined) noCode.add(1);
  else (byCode.get(code) ?? otherCode).add(1);
  buckets[bucketOf(answer.timings.duration)]?.add(1);
}

/** The raw numbers; they are judged in Node, since k6's own word passes runs that measured nothing. */
export function handleSummary(data: unknown): Record<string, string> {
  return { [plan.summaryFile]: JSON.stringify(data) };
}
