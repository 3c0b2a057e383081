/** The k6 script of a load: the engine sends and counts, and this operation signs. */
import { handleSummary, options, presigned as sendRow, signing } from '../../k6/send.ts';
import { signedBody } from './requests.ts';

export const signed = signing(signedBody);
// Not a re-export: k6 looks it up for every request, and would go through all files that export it.
export const presigned = sendRow;
export { handleSummary, options };
