/** The k6 script of a load: the engine sends and counts, and this operation signs. */
import { handleSummary, options, presigned, signing } from '../../k6/send.ts';
import { signedBody } from './requests.ts';

export const signed = signing(signedBody);
export { handleSummary, options, presigned };
