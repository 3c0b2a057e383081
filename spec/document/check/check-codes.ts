import { documentedCodes } from '../../pure-bt/catalogue.ts';
import type { VendorDocument } from '../model.ts';
import type { Difference } from './difference.ts';
import { cataloguePlaces } from './places.ts';
import { textsDiffer } from './words-differ.ts';

/** The status table of a page against the catalogue. In another language the codes are compared, the meanings are not. */
export function checkCodes({ file, statuses, path }: VendorDocument, translated: boolean): readonly Difference[] {
  const place = cataloguePlaces();
  const missing = documentedCodes.filter(({ code }) => !statuses.some((status) => status.code === code));
  const added = statuses.filter(({ code }) => !documentedCodes.some((known) => known.code === code));
  // The same meaning under another number is one change, not two.
  const renumbered = missing.flatMap((known) => {
    const now = translated ? undefined : added.find(({ meaning }) => !textsDiffer(meaning, known.meaning));
    return now === undefined ? [] : [{ known, now }];
  });
  const line = statuses[0]?.line ?? path.line;
  return [
    ...renumbered.map(({ known, now }) => ({
      kind: 'code' as const,
      subject: `code ${known.code}`,
      page: `${known.meaning} is ${now.code}`,
      contract: `${known.meaning} is ${known.code}`,
      pageAt: { file, line: now.line },
      contractAt: place(known.code),
    })),
    ...missing
      .filter((known) => !renumbered.some((pair) => pair.known === known))
      .map(({ code, meaning }) => ({
        kind: 'code' as const,
        subject: `code ${code}`,
        contract: meaning,
        pageAt: { file, line },
        contractAt: place(code),
      })),
    ...added
      .filter((status) => !renumbered.some(({ now }) => now === status))
      .map((status) => ({
        kind: 'code' as const,
        subject: `code ${status.code}`,
        page: status.meaning,
        pageAt: { file, line: status.line },
        contractAt: place(status.code),
      })),
    ...statuses.flatMap((status) => {
      const known = documentedCodes.find(({ code }) => code === status.code);
      if (known === undefined || translated || !textsDiffer(status.meaning, known.meaning)) return [];
      return [
        {
          kind: 'meaning' as const,
          subject: `code ${status.code}`,
          page: status.meaning,
          contract: known.meaning,
          pageAt: { file, line: status.line },
          contractAt: place(status.code),
        },
      ];
    }),
  ];
}
