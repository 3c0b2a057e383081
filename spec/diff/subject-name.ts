import type { Operation, Subject } from './model.ts';

/** The name of a subject for the reader: `request field name`, `code 4004`, `POST /v2/…`. */
export function subjectName(subject: Subject, operation: Pick<Operation, 'method' | 'path'>): string {
  const { kind, name, direction } = subject;
  switch (kind) {
    case 'operation':
      return `${operation.method} ${operation.path}`;
    case 'field':
      return fieldName(subject);
    case 'form':
      return `${direction} form ${subject.form ?? ''}`;
    case 'media':
      return `${direction} content type ${name}`;
    case 'status':
      return `HTTP status ${name}`;
    case 'about':
      return 'the document';
    case 'leftover':
      return 'a line that is not understood';
    default:
      return `${kind} ${name}`;
  }
}

function fieldName({ name, place = '', direction }: Subject): string {
  if (place.startsWith('header of')) return `response header ${name}`;
  if (place !== 'body' && !place.startsWith('body ')) return `${place} parameter ${name}`;
  // `body of 200` is the usual answer; only another status or a second content type is named.
  const where = place.replace(/^body of 200(?: as )?|^body(?: as )?/, '');
  const suffix = where === '' ? '' : ` (${where.replace(/^body of |^ of /, '')})`;
  return `${direction} ${name === '' ? 'body' : `field ${name}`}${suffix}`;
}
