/** A k6 script whose every iteration throws: k6 itself ends it with exit code 0. */
import { handleSummary, options } from '../k6/send.ts';

export function presigned(): void {
  throw new Error('planted');
}

export { handleSummary, options };
