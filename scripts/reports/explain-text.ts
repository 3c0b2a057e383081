import { inert } from '../../contract/inert.ts';
import {
  type Explanation,
  type Finding,
  isWrong,
  type PartExplanation,
} from '../../contract/pure-bt/explain/explanation.ts';
import type { Dialect } from '../../spec/dialect.ts';
import type { Terminal } from '../terminal.ts';
import { type Labelled, labelled } from './table.ts';
import { dialectText } from './words.ts';

const verdicts = {
  right: ['green', 'ok'],
  wrong: ['red', 'WRONG'],
  unexplained: ['red', 'WRONG'],
  'not-checked': ['yellow', '–'],
} as const;

/** What the document says about each part; `fields` and `token` have it in their findings. */
const rules: { readonly [Name in PartExplanation['part']]?: string } = {
  signature:
    "SHA256(pk+dk+bindingCode+pwd+userDomainSecret) (row signature); in the vendor's examples as UTF-8, without separators, in lower-case hex",
  encryptedBindingCode: 'Base64(AES-128-CBC(PKCS5(bindingCode), key=PS, iv=random)) (row encryptedBindingCode)',
  encryptedNewBindingSecret:
    'Base64(AES-128-CBC(PKCS5(PK,DK,bindingSecret), key=PS, iv=random)), English commas (row encryptedNewBindingSecret)',
  encryptedOldBindingSecret:
    'Base64(AES-128-CBC(PKCS5(PK,DK,bindingSecret), key=PS, iv=random)), English commas (row encryptedOldBindingSecret)',
};

/** Explanations as text: a verdict for each part, then what was done, what the document says and what to change. */
export function explainText(
  {
    file,
    dialect,
    explanations,
  }: { readonly file: string; readonly dialect: Dialect; readonly explanations: readonly Explanation[] },
  style: Terminal['style'],
): string {
  const name = file === '-' ? 'standard input' : file;
  return explanations
    .map(({ source, parts }, index) => {
      const place = explanations.length === 1 ? source : `${source} · request ${index + 1} of ${explanations.length}`;
      const head = `${style('bold', inert(name))} · ${place} · dialect ${inert(dialectText(dialect, dialect.operation))}`;
      return [head, '', ...parts.map((part) => partText(part, style)), '', countsText(parts, style)].join('\n');
    })
    .join('\n\n');
}

function partText(explanation: PartExplanation, style: Terminal['style']): string {
  const { part, verdict, says, findings, alternatives = [], made, due: right, dueLength, expected } = explanation;
  const wrong = isWrong(explanation);
  const [colour, word] = verdicts[verdict];
  const head = `${style('bold', part.padEnd(27))}${style(colour, word.padEnd(5))}  ${says}`;
  const [madeLabel, expectedLabel] = part === 'signature' ? ['signed', 'to sign'] : ['holds', 'to hold'];
  const length = dueLength === undefined ? '' : ` (${dueLength} characters)`;
  const rows: readonly Labelled[] = [
    ...findings.flatMap((finding, at) => findingRows(finding, says, findings[at + 1]?.fix)),
    ...alternatives.flatMap((cause, at): readonly Labelled[] => [
      [`cause ${at + 1}`, cause.says],
      ['fix', cause.fix],
    ]),
    ['document', wrong ? rules[part] : undefined],
    [madeLabel, wrong ? made : undefined],
    [expectedLabel, wrong && right !== undefined ? right + length : undefined],
    ['expected', expected],
  ];
  return [head, ...labelled(rows)].join('\n');
}

/** Leaves out a finding that is the headline, and a fix that the next finding repeats. */
function findingRows({ kind, says, fix }: Finding, headline: string, nextFix: string | undefined): readonly Labelled[] {
  if (kind === 'note') return [['note', fix === undefined ? says : `${says}; ${fix}`]];
  return [
    ['found', headline.endsWith(says) ? undefined : says],
    ['fix', fix === nextFix ? undefined : fix],
  ];
}

function countsText(parts: readonly PartExplanation[], style: Terminal['style']): string {
  const wrong = parts.filter(isWrong);
  if (wrong.length === 0) return style(['green', 'bold'], 'nothing wrong found');
  const names = wrong.map(({ part }) => part).join(', ');
  return style(['red', 'bold'], `wrong: ${names}`);
}
