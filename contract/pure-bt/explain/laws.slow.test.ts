import { testCorrectRequests } from './testing/made-requests.ts';

testCorrectRequests(12);
