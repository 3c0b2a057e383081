/** A k6 script that throws in every iteration; k6 still ends with exit code 0. */
import { handleSummary, options } from '../k6/send.ts';

export function presigned(): void {
  throw new Error('planted');
}

export { handleSummary, options };
