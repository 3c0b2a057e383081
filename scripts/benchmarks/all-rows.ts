import type { Row } from './row.ts';
import { answersRow } from './rows/answers.ts';
import { detectionRow } from './rows/detection.ts';
import { floorRow } from './rows/floor.ts';
import { growthRow } from './rows/growth.ts';
import { lanesRow } from './rows/lanes.ts';
import { referenceRow } from './rows/reference.ts';
import { rowsRow } from './rows/rows.ts';
import { rowsMemoryRow } from './rows/rows-memory.ts';
import { startRow } from './rows/start.ts';
import { verifyRow } from './rows/verify.ts';
import { verifyPeerRow } from './rows/verify-peer.ts';

/** Every row, in the order of the table. */
export const rows: readonly Row[] = [
  rowsRow,
  rowsMemoryRow,
  verifyRow,
  verifyPeerRow,
  detectionRow,
  referenceRow,
  lanesRow,
  floorRow,
  answersRow,
  startRow,
  growthRow,
];
