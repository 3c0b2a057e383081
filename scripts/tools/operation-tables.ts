import { documentedCodes, type SiblingSubject, siblingCodes } from '../../spec/pure-bt/catalogue.ts';
import { dialectKeys } from '../../spec/pure-bt/dialect.ts';
import { findRule, type RuleId, ruleIds } from '../../spec/pure-bt/rules.ts';
import { dialectSettings } from '../../spec/pure-bt/settings.ts';
import { type Basis, type Mark, mayFail } from '../../spec/rule.ts';

/** What happens if a server differs from a rule, by basis. */
const outcomes: Readonly<Record<Basis, readonly [restsOn: string, difference: string]>> = {
  document: ["the page's own words", 'a failure'],
  family: [
    'the protocol of the whole API family',
    'a failure; the finding names the dialect setting for another protocol',
  ],
  security: ['the purpose of signature, encryption, token and binding, or an RFC', 'a failure'],
  inferred: [
    'a format or limit of a sibling page, or a reading',
    'a warning; a failure if its dialect setting is given',
  ],
};

const marks: Readonly<Record<Mark, string>> = {
  D: 'the page says it',
  S: 'a sibling page or the access guide says it',
  V: 'a published example was recomputed and matches',
  R: 'an RFC or a standard says it',
  P: 'a security property requires it',
  I: 'inferred',
  N: 'no source says it',
};

const subjects: Readonly<Record<SiblingSubject, string>> = {
  signature: 'the signature is wrong',
  signatureMissing: 'the signature is missing',
  bindingSecret: 'a bindingSecret is missing, wrong, or cannot be decrypted',
  bindingCode: 'the bindingCode is malformed or wrong',
  pwd: 'the pwd cannot be decrypted',
  unknownDevice: 'the product or the device is unknown',
  service: 'the service failed, or could not read the request',
};

/** When a server uses each documented code. */
const conditions: Readonly<Record<number, string>> = {
  200: 'a correct request for a device that is ready to bind',
  5032: 'the token is expired, forged, malformed, not yet valid, a refresh token, or for another audience',
  5041: 'a permission is missing; the page does not explain the difference from 5327 and 5358',
  5049: 'the user has bound the device already, or sends the same request again',
  5052: 'an old bindingSecret is sent for a device that is not bound',
  5066: '`pk` is absent, null or empty',
  5067: '`dk` is absent, null or empty',
  5106: 'the Authorization header is missing or blank',
  5179: 'neither bindingCode nor encryptedBindingCode is given',
  5213: 'the bindingCode has a wrong format, or the plaintext of encryptedBindingCode is not a bindingCode',
  5229: "the product is not linked to the caller's app",
  5314: 'the cloud cannot look up the device, or does not know the product',
  5327: 'a permission is missing; the page does not explain the difference from 5041 and 5358',
  5333: '`deviceName` is too long; the page names no limit',
  5357: '`pwd` has a wrong format; the page names no format',
  5358: 'a permission is missing; the page does not explain the difference from 5041 and 5327',
  5361: '`dk` has a wrong format; the page names no format',
  5412: 'the binding mode is single, and another user of the same app has bound the device',
  5624: "`fid` is given and the user's home mode is off",
  5636: "the user's home mode is on and `fid` is missing",
  5669: 'the caller is an ordinary member of the home',
  5893: 'the common-device list cannot be written; it is open whether the device stays bound',
  6040: 'the caller has accepted the sharing of the device',
  6083: 'the device is registered in another data centre',
};

const topics: readonly string[] = [
  'answers',
  'token',
  'fields',
  'signature',
  'ciphertexts',
  'binding',
  'homes',
  'permissions',
  'security',
  'transport',
];

/** The tables of docs/operation.md by name, made from the same data that the cases use. */
export const operationTables: Readonly<Record<string, () => string>> = {
  bases: () =>
    table(
      ['Basis', 'The claim is based on', 'A difference is'],
      Object.entries(outcomes).map(([basis, row]) => [`\`${basis}\``, ...row]),
    ),
  marks: () =>
    table(
      ['Mark', 'Means'],
      Object.entries(marks).map(([mark, means]) => [mark, means]),
    ),
  codes: () =>
    table(
      ['Code', 'Description on the page', 'When it is used', 'Rules'],
      documentedCodes.map(({ code, meaning }) => [
        String(code),
        meaning,
        conditions[code] ?? '',
        linksTo(rulesAbout(code)),
      ]),
    ),
  'sibling-codes': () =>
    table(
      ['Codes', 'Fault'],
      Object.entries(siblingCodes).map(([subject, codes]) => [codes.join(', '), subjects[subject as SiblingSubject]]),
    ),
  dialect: () =>
    table(
      ['Setting', 'Values, default first', 'Question', 'Evidence for the default'],
      dialectKeys.map((key) => {
        const { choices, question, source } = dialectSettings[key];
        return [`\`${key}\``, `\`${choices}\``, question, source];
      }),
    ),
  rules: () =>
    topics
      .map((topic) =>
        ruleIds
          .filter((id) => findRule(id).topic === topic)
          .map(ruleText)
          .join('\n\n'),
      )
      .join('\n\n'),
};

function ruleText(id: RuleId): string {
  const { claim, source, basis, marks: known, dialect } = findRule(id);
  const setting = dialect === undefined ? '' : ` Setting: \`${dialect}\`.`;
  const difference = mayFail(findRule(id)) ? 'A difference is a failure.' : 'A difference is a warning.';
  return `### ${id}\n\n${claim}\n\nBasis \`${basis}\` (${known.join(', ')}): ${source}. ${difference}${setting}`;
}

function rulesAbout(code: number): readonly RuleId[] {
  return ruleIds.filter((id) => {
    const { claim, source } = findRule(id);
    return new RegExp(`\\b${code}\\b`).test(code === 200 ? source : `${claim} ${source}`);
  });
}

function linksTo(ids: readonly RuleId[]): string {
  return ids.map((id) => `[${id}](#${id})`).join(', ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
