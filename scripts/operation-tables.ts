import type { SiblingSubject } from '../spec/catalogue.ts';
import { documentedCodes, siblingCodes } from '../spec/catalogue.ts';
import { dialectKeys, dialectSettings } from '../spec/dialect.ts';
import type { Basis, Mark, RuleId, Topic } from '../spec/rules.ts';
import { mayFail, ruleIds, ruleOf } from '../spec/rules.ts';

/** What a difference from a rule of each basis is. */
const outcomes: Readonly<Record<Basis, readonly [restsOn: string, difference: string]>> = {
  document: ["the page's own words", 'failed'],
  family: [
    'the protocol of the whole API family',
    'failed; the finding names the dialect setting that declares another protocol',
  ],
  security: ['the purpose of signature, encryption, token and binding, or an RFC', 'failed'],
  inferred: ['a format or limit of a sibling page, or our reading', 'warned; failed once its dialect setting is given'],
};

const marks: Readonly<Record<Mark, string>> = {
  D: 'the page says it',
  S: 'a sibling page or the access guide says it',
  V: 'a published example was computed again and matches',
  R: 'an RFC or a standard says it',
  P: 'a security property needs it',
  I: 'inferred',
  N: 'nothing says it',
};

const subjects: Readonly<Record<SiblingSubject, string>> = {
  signature: 'the signature is wrong',
  signatureMissing: 'the signature is missing',
  bindingSecret: 'a bindingSecret is missing, cannot be decrypted or is wrong',
  bindingCode: 'the bindingCode is malformed or wrong',
  pwd: 'the pwd cannot be decrypted',
  unknownDevice: 'product or device is unknown',
  service: 'the service failed, or could not read the request',
};

const topics: readonly Topic[] = [
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

/** The tables of docs/operation.md by name, each made from the data that the cases read. */
export const operationTables: Readonly<Record<string, () => string>> = {
  bases: () =>
    table(
      ['Basis', 'The claim rests on', 'A difference is'],
      Object.entries(outcomes).map(([basis, row]) => [`\`${basis}\``, ...row]),
    ),
  marks: () =>
    table(
      ['Mark', 'Means'],
      Object.entries(marks).map(([mark, means]) => [mark, means]),
    ),
  codes: () =>
    table(
      ['Code', 'Description on the page', 'When it comes', 'Rules'],
      documentedCodes.map(({ code, meaning, when }) => [String(code), meaning, when, linksTo(rulesAbout(code))]),
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
          .filter((id) => ruleOf(id).topic === topic)
          .map(ruleText)
          .join('\n\n'),
      )
      .join('\n\n'),
};

function ruleText(id: RuleId): string {
  const { claim, source, basis, marks: known, dialect } = ruleOf(id);
  const setting = dialect === undefined ? '' : ` Setting: \`${dialect}\`.`;
  const difference = mayFail(ruleOf(id)) ? 'A difference fails.' : 'A difference warns.';
  return `### ${id}\n\n${claim}\n\nBasis \`${basis}\` (${known.join(', ')}): ${source}. ${difference}${setting}`;
}

function rulesAbout(code: number): readonly RuleId[] {
  return ruleIds.filter((id) => {
    const { claim, source } = ruleOf(id);
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
