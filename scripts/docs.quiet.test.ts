/** The commands of the guides that run a load; `docs.test.ts` has the quick ones. */
import { isQuiet } from './testing/guides/refresh-guide.ts';
import { testGuides } from './testing/guides/test-guides.ts';

testGuides(isQuiet);
