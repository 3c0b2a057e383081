/** The capability bits, derived from the sums that the document lists. */
export const capabilityBits = { wan: 1, lan: 2, ble: 4, matter: 8 } as const;

/** Every value the document lists for `capabilitiesBitmask`: 1 to 15. */
export const capabilityBitmasks: readonly number[] = Array.from({ length: 15 }, (_, index) => index + 1);

/** The names of a bitmask's capabilities, for titles: `WAN+BLE`. */
export function capabilityNames(bitmask: number): string {
  const names = [
    [capabilityBits.wan, 'WAN'],
    [capabilityBits.lan, 'LAN'],
    [capabilityBits.ble, 'BLE'],
    [capabilityBits.matter, 'Matter'],
  ] as const;
  return names.flatMap(([bit, name]) => (bitmask & bit ? [name] : [])).join('+');
}
