import { inert } from '../../../inert.ts';
import type { Finding, PartExplanation } from '../explanation.ts';
import type { Known } from '../known.ts';
import { fieldText } from '../known.ts';
import type { CodeReading, SignatureMatch } from './read-signature.ts';
import { readSignature } from './read-signature.ts';
import { signatureOf, textOf } from './recipe.ts';
import { shapeOf } from './shape.ts';

const longestText = 2_000;

/**
 * Which formula the signature matches: the document's, under either reading of the dialect, or the one with the fewest deviations.
 * @param decrypted the bindingCode that encryptedBindingCode holds, where it could be read.
 */
export function explainSignature(known: Known, decrypted: string | undefined): PartExplanation {
  const { due, match } = readSignature(known, decrypted);
  const shared = {
    part: 'signature',
    due: inert(textOf(due).shown, longestText),
    dueLength: textOf(due).value.length,
    ...(known.showSecrets ? { expected: signatureOf(due) } : {}),
  } as const;
  if (match === undefined) return { ...shared, ...unexplained(known) };
  const findings = findingsOf(match, known);
  if (findings.length === 0) {
    return { ...shared, verdict: 'right', says: `SHA-256 over ${formulaOf(known)}`, findings };
  }
  const [first] = findings;
  const says =
    findings.length === 1 && first !== undefined
      ? first.says
      : `${findings.length} differences together make exactly this signature`;
  return { ...shared, verdict: 'wrong', says, findings, made: inert(textOf(match.recipe).shown, longestText) };
}

function findingsOf({ reading, deviations }: SignatureMatch, known: Known): readonly Finding[] {
  const mistakes = deviations.map(
    ({ id, says, fix }): Finding => ({ part: 'signature', id, kind: 'mistake', says, fix }),
  );
  const due = known.dialect.signedBindingCode;
  if (fieldText(known, 'encryptedBindingCode') === '' || reading === due) return mistakes;
  return [otherReading(due), ...mistakes];
}

function otherReading(due: CodeReading): Finding {
  const shared = { part: 'signature', kind: 'reading' } as const;
  if (due === 'decrypted') {
    return {
      ...shared,
      id: 'signature/code-transmitted',
      says: 'encryptedBindingCode was signed as transmitted, and this dialect signs the decrypted bindingCode',
      fix: 'sign the decrypted bindingCode, or run without --dialect signedBindingCode=decrypted',
    };
  }
  return {
    ...shared,
    id: 'signature/code-decrypted',
    says: 'the decrypted bindingCode was signed, and encryptedBindingCode was sent',
    fix: 'sign encryptedBindingCode as transmitted; if your server reads the document the other way, run with --dialect signedBindingCode=decrypted',
  };
}

function formulaOf(known: Known): string {
  const encrypted = fieldText(known, 'encryptedBindingCode') !== '';
  const decrypted = known.dialect.signedBindingCode === 'decrypted';
  const code = encrypted ? `encryptedBindingCode (${decrypted ? 'decrypted' : 'as transmitted'})` : 'bindingCode';
  return ['pk', 'dk', code, ...(fieldText(known, 'pwd') === '' ? [] : ['pwd']), 'userDomainSecret'].join(' + ');
}

function unexplained(known: Known): Pick<PartExplanation, 'verdict' | 'says' | 'findings'> {
  const shape = shapeOf(fieldText(known, 'signature'));
  const says = `no formula that is known makes this signature${shape === undefined ? '' : `; ${shape}`}`;
  const length = known.secrets.userDomainSecret.length;
  const finding: Finding = {
    part: 'signature',
    id: 'signature/unexplained',
    kind: 'mistake',
    says,
    fix: `print the text just before it is hashed, and compare its length and then its characters with the text to sign; if they are the same, your userDomainSecret is not the one given here (${length} characters), or a field was changed after signing`,
  };
  return { verdict: 'unexplained', says, findings: [finding] };
}
