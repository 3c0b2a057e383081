/** A k6 script that counts requests but sends none. */
import { Counter } from 'k6/metrics';
import { handleSummary, options } from '../k6/send.ts';

const bound = new Counter('usual_0');

export function presigned(): void {
  bound.add(1);
}

export { handleSummary, options };
