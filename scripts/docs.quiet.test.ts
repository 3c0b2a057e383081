/** The commands of the guides that run a load; `docs.test.ts` has the quick ones. */
import { testGuides } from './testing/guides/test-guides.ts';

testGuides('quiet');
