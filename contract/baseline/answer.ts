import type { Received } from '../run/outcome.ts';

/** What a baseline keeps of one answer. */
export type AnswerFact = {
  readonly httpStatus: string;
  readonly code: string;
  readonly mediaType: string;
  /** As `bodyShape` has it; `empty` or `no-json` where there is none. */
  readonly shape: string;
  readonly headers: readonly string[];
};

/** In place of an answer that did not come. */
export const noAnswer = 'no-answer';

/** Status, code, media type, shape and headers as words on one line: `200 4004 application/json {code:number,…} cache-control`. */
export function answerText(received: Received): string {
  const { httpStatus, mediaType, preview, shape, headers = [] } = received;
  if (httpStatus === null) return noAnswer;
  return [codeText(received), mediaWord(mediaType), shape === '' ? bodyWord(preview) : shape, ...headers].join(' ');
}

/** What a body is that is no JSON. */
function bodyWord(preview: string): string {
  return preview === '' ? 'empty' : 'no-json';
}

/** Status and code alone: `200 4004`. */
export function codeText({ httpStatus, code }: Pick<Received, 'httpStatus' | 'code'>): string {
  return httpStatus === null ? noAnswer : `${httpStatus} ${code ?? 'no-code'}`;
}

/** An answer's parts; undefined for `no-answer`. What is missing (a fact of codes alone) is empty. */
export function readAnswer(text: string): AnswerFact | undefined {
  if (text === noAnswer) return undefined;
  const [httpStatus = '', code = '', mediaType = '', shape = '', ...headers] = text.split(' ');
  return { httpStatus, code, mediaType, shape, headers };
}

/** Whether a text is what `answerText` or `codeText` writes. */
export function isAnswer(text: string): boolean {
  return text === noAnswer || /^[1-9]\d\d (-?\d+|no-code)( \S+ \S+( \S+)*)?$/.test(text);
}

function mediaWord(mediaType: string | undefined): string {
  if (mediaType === undefined) return 'no-media-type';
  return /^[\w.+*-]+\/[\w.+*-]+$/.test(mediaType) ? mediaType : 'malformed-media-type';
}
