/** The k6 script of a load: what the engine sends and counts, signed as this operation asks. */
import { handleSummary, options, presigned, signing } from '../../k6/send.ts';
import { signedBody } from './requests.ts';

export const signed = signing(signedBody);
export { handleSummary, options, presigned };
