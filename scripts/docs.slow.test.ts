/** The commands of the guides that take long, but measure no time; `docs.test.ts` has the quick ones. */
import { testGuides } from './testing/guides/test-guides.ts';

testGuides('slow');
