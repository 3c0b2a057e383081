import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import type { ServerImage } from '../../contract/targets/container/options.ts';
import { UserError } from '../../contract/user-error.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import type { Config } from './config.ts';
import type { TargetFlags } from './flags.ts';

/** The message for a port without an image. */
export const portOfNothing = '--image-port needs --image NAME, or "image" in bindgate.config';

/**
 * The image from flags and configuration, if any: `--image` replaces its name, and all other settings of the configuration
 * stay.
 * @throws UserError (exit code 2) for a file to copy that cannot be read, or two sidecars with one name.
 */
export function readImage(
  { image: flag, imagePort: port }: TargetFlags,
  { image: given }: Config,
  file: string,
): ServerImage | undefined {
  const configured = typeof given === 'string' ? { name: given } : given;
  const name = flag ?? configured?.name;
  if (name === undefined) {
    if (port === undefined) return undefined;
    throw new UserError(portOfNothing, 2);
  }
  const image = { ...configured, name, ...definedOnly({ port }) };
  refuseUnreadable(image, file);
  const names = (image.sidecars ?? []).map((sidecar) => sidecar.name);
  const twice = names.find((one, index) => names.indexOf(one) < index);
  if (twice !== undefined) throw new UserError(`${file}: two of "image.sidecars" are called "${twice}"; rename one`, 2);
  return image;
}

/** Checks files before anything is started, because later the start would be wasted. */
function refuseUnreadable({ files = [], sidecars = [] }: ServerImage, file: string): void {
  const keyed = [
    ...files.map(({ source }, index) => [`image.files.${index}.source`, source] as const),
    ...sidecars.flatMap((sidecar, at) =>
      (sidecar.files ?? []).map(({ source }, index) => [`image.sidecars.${at}.files.${index}.source`, source] as const),
    ),
  ];
  for (const [key, source] of keyed) {
    try {
      accessSync(source, constants.R_OK);
    } catch (cause) {
      throw new UserError(`${file}: "${key}" is ${resolve(source)}, which cannot be read; correct the path`, 2, {
        cause,
      });
    }
  }
}
