import type { Listening, ListenPlace } from '../../../spec/listen.ts';
import { openApiPath } from '../../../spec/pure-bt/contract-file.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { requestProblems } from '../../../spec/pure-bt/validate.ts';
import { startMock as startMockOf } from '../../targets/mock/mock.ts';
import { decide } from './decide.ts';

/** Starts the mock of this operation. @throws UserError (exit code 3) if the port is not available. */
export function startMock(place: ListenPlace = {}): Promise<Listening> {
  return startMockOf({ operation, openApiPath, decide, requestProblems }, place);
}
