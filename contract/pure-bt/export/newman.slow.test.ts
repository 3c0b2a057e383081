import { test } from 'vitest';
import { runNewman } from './testing/run-newman.ts';

test('every request of the whole collection gets its code in Newman', () => runNewman([]));
