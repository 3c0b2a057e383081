import { isRecord } from '../../is-record.ts';
import type { CodeMeaning } from '../../openapi.ts';
import type { DocumentedStatus, VendorDocument } from '../model.ts';
import { swaggerType } from '../swagger-type.ts';
import type { Guess } from './scalars.ts';

/** The names of the field that has the business code. */
export const codeNames: RegExp = /^(?:code|err_?code|error_?code|result_?code|ret_?code|res_?code)$/i;
/** The names of the field that has the message. */
export const messageNames: RegExp = /^(?:msg|message|err_?msg|error_?msg|error_?message|result_?msg)$/i;

/** The business code of a success. */
export type Success = CodeMeaning & {
  /** The row of the status table that it has or replaces; absent if no row is about a success. */
  readonly row?: number;
  /** The code in the answer if it is not a number, such as `A0000`. */
  readonly text?: string;
};

/**
 * The success code: the one in the page's own example, or the status 200, another 2xx or 0 of the table. In an example, 0
 * is what the exporter writes for any integer, and a code that the table lists as a refusal is not a success.
 */
export function findSuccess(page: VendorDocument, guess: Guess): Success {
  const { statuses, responses, path, description, title } = page;
  const row =
    statuses.find(({ code }) => code === 200) ??
    statuses.find(({ code }) => code > 200 && code < 300) ??
    statuses.find(({ code }) => code === 0);
  const named = description?.text || title?.text || 'Success';
  const listed: Success =
    row === undefined
      ? { code: 200, meaning: named }
      : { code: row.code, meaning: row.meaning || `Code ${row.code}`, row: row.code };
  const main = responses.find(({ code }) => code === undefined || code === listed.code);
  const shown = isRecord(main?.example?.value) ? main.example.value : {};
  const [name = '', value] = Object.entries(shown).find(([key]) => codeNames.test(key)) ?? [];
  const at = main?.example ?? path;
  const number = ownNumber(value, shown, listed, statuses);
  if (number !== undefined) {
    guess(at, `the success code is ${number}, as in the page's example`);
    return { ...listed, code: number, meaning: meaningOf(number, statuses) || row?.meaning || named };
  }
  const type = swaggerType(main?.fields.find((field) => field.name === name)?.type ?? 'string');
  if (isWord(value) && `${listed.code}`.startsWith('2') && type.kind === 'scalar' && type.type === 'string') {
    const why = `x-codes has ${listed.code}, because its codes are numbers`;
    guess(at, `the success code is "${value}", as in the page's example; ${why}`);
    return { ...listed, text: value };
  }
  if (row === undefined) guess(statuses[0] ?? path, 'no success status is listed; assumed 200');
  return listed;
}

/** The number in the example, if it is a success code other than the listed one. */
function ownNumber(
  value: unknown,
  shown: object,
  listed: Success,
  statuses: readonly DocumentedStatus[],
): number | undefined {
  if (isWord(value) || !/^\d{1,9}$/.test(String(value))) return undefined;
  const number = Number(value);
  const meaning = meaningOf(number, statuses);
  if (number === listed.code || (meaning !== undefined && !saysSuccess(meaning))) return undefined;
  // Without a row about a success, the message can tell that 0 is not only a placeholder.
  const messages = Object.entries(shown).filter(([name]) => messageNames.test(name));
  const isReal = number !== 0 || (listed.row === undefined && messages.some(([, text]) => saysSuccess(String(text))));
  return isReal ? number : undefined;
}

function meaningOf(number: number, statuses: readonly DocumentedStatus[]): string | undefined {
  return statuses.find(({ code }) => code === number)?.meaning;
}

/** Whether a code is a text that is not a number. */
function isWord(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && !/^\d{1,9}$/.test(value);
}

function saysSuccess(text: string): boolean {
  return /\b(?:ok|success(?:ful(?:ly)?)?|succeeded)\b|成功/i.test(text) && !/\bnot?\b|\bun|不成功|未成功/i.test(text);
}
