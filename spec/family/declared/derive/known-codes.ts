import type { StateName } from '../../states.ts';
import type { Role } from '../model.ts';

/** What brings a code that several operations of the family have. */
export type KnownCode = {
  readonly code: number;
  /** The code means this only if its description says so. */
  readonly says: RegExp;
} & (
  | { readonly token: 'missing' | 'bad' }
  | { readonly absent: Role }
  | { readonly malformed: Role }
  | { readonly longer: Role; readonly limit: number }
  | {
      readonly state: StateName;
      readonly with?: readonly Role[];
      readonly needs?: readonly Role[];
      readonly repeat?: 'bind' | 'unbind';
    }
);

/** The codes of the family, with what brings each in the operation that binds a pure-Bluetooth device. */
export const knownCodes: readonly KnownCode[] = [
  { code: 5106, says: /token/i, token: 'missing' },
  { code: 5032, says: /token/i, token: 'bad' },
  { code: 5066, says: /product ?key|\bpk\b/i, absent: 'pk' },
  { code: 5067, says: /device ?key|\bdk\b/i, absent: 'dk' },
  { code: 5179, says: /binding ?code/i, absent: 'bindingCode' },
  { code: 5361, says: /dk|device ?key/i, malformed: 'dk' },
  { code: 5213, says: /binding ?code/i, malformed: 'bindingCode' },
  { code: 5333, says: /name|名/i, longer: 'deviceName', limit: 254 },
  { code: 5041, says: /permission|权限/i, state: 'a user without permission' },
  { code: 5229, says: /domain|域/i, state: 'a product the user domain is not authorised for', needs: ['pk'] },
  { code: 5327, says: /permission|权限/i, state: 'a product the user has no permission for', needs: ['pk'] },
  { code: 5358, says: /permission|权限/i, state: 'a product that grants no permission', needs: ['pk'] },
  { code: 5314, says: /device|设备/i, state: 'a device the cloud cannot look up', needs: ['pk', 'dk'] },
  { code: 6083, says: /data cent|数据中心/i, state: 'a device registered in another data centre', needs: ['pk', 'dk'] },
  { code: 6040, says: /shar|分享/i, state: 'a device whose sharing the user has accepted', needs: ['pk', 'dk'] },
  { code: 5636, says: /family|home|家庭|家居/i, state: 'home mode on', needs: ['fid'] },
  { code: 5624, says: /home|family|家庭|家居/i, state: 'home mode off', needs: ['fid'], with: ['fid'] },
  {
    code: 5669,
    says: /regular|ordinary|普通/i,
    state: 'an ordinary member of the home',
    needs: ['fid'],
    with: ['fid', 'frid'],
  },
  {
    code: 5893,
    says: /common|常用/i,
    state: 'a home whose common-device list cannot be written',
    needs: ['fid'],
    with: ['fid', 'frid'],
  },
  {
    code: 5049,
    says: /bound|绑定/i,
    state: 'a device the user has already bound',
    needs: ['pk', 'dk'],
    repeat: 'bind',
  },
  {
    code: 5412,
    says: /unique|唯一/i,
    state: 'a device bound by another user, binding mode single',
    needs: ['pk', 'dk'],
  },
  {
    code: 5052,
    says: /not bound|未绑定|没有绑定/i,
    state: 'a device nobody has bound',
    needs: ['pk', 'dk'],
    repeat: 'unbind',
  },
];
