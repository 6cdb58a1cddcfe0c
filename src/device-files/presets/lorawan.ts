import type { Preset } from './preset.ts'

/** PostgreSQL writes bytes as \x24e1…, and COPY doubles the backslash. */
const hex = (column: string) => `${column} | replace "\\\\\\\\x" "" | replace "\\\\x" ""`

/** Network servers and makers of LoRaWAN devices. */
export const lorawan = {
  ttn: {
    title: 'The Things Stack (TTN)',
    name: [
      'ids.device_id',
      'end_device_ids.device_id',
      'device_id',
      'id',
      'eui-{ids.dev_eui} | lower',
      'eui-{dev_eui} | lower',
    ],
    secret: ['root_keys.app_key.key', 'app_key'],
    sn: ['ids.dev_eui', 'dev_eui'],
    nickname: ['name | replace " " _ | replace - _'],
    tags: ['attributes'],
    tag: { model: ['version_ids.model_id', 'model_id'] },
    rows: ['end_devices'],
    keys: 'fit',
    marks: [
      ['dev_eui', 'join_eui', 'app_key'],
      ['dev_eui', 'frequency_plan_id'],
      ['ids', 'root_keys'],
      ['ids', 'lorawan_version'],
    ],
  },
  chirpstack: {
    title: 'ChirpStack',
    name: ['devEui', 'device.devEui', 'deviceKeys.devEui'].map(hex),
    secret: [
      ...['appKey', 'keys.appKey', 'deviceKeys.appKey'],
      // A LoRaWAN 1.0 device has its only key there.
      ...['nwkKey', 'keys.nwkKey', 'deviceKeys.nwkKey'],
    ].map(hex),
    nickname: ['name | replace " " _ | replace - _', 'device.name | replace " " _ | replace - _'],
    tags: ['tags', 'device.tags'],
    rows: ['result', 'devices'],
    blank: ['0'.repeat(32), `\\x${'0'.repeat(32)}`, `\\\\x${'0'.repeat(32)}`],
    keys: 'fit',
    marks: [
      ['devEui', 'appKey'],
      ['devEui', 'nwkKey'],
      ['dev_eui', 'nwk_key'],
      ['devEui', 'deviceProfileId'],
      ['deviceKeys'],
    ],
  },
  milesight: {
    title: 'Milesight',
    name: ['DevEUI', 'Device EUI'],
    secret: ['APP Key', 'Application Key'],
    sn: ['SN', 'Serial Number'],
    nickname: ['Device Name | replace " " _ | replace - _', 'Name | replace " " _ | replace - _'],
    tag: { model: ['Model', 'Device Model'] },
    keys: 'fit',
    marks: [['SN', 'DevEUI', 'APP Key', 'Model']],
  },
  dragino: {
    title: 'Dragino',
    name: ['DEV EUI', 'Device EUI'],
    secret: ['APP KEY', 'Application Key'],
    sn: ['SN', 'Serial Number', 'S/N'],
    nickname: ['Device Name | replace " " _ | replace - _', 'Name | replace " " _ | replace - _'],
    tag: { model: ['Model', 'Product', 'Type'] },
    keys: 'fit',
    marks: [['DEV EUI', 'APP EUI', 'APP KEY', 'APPSKEY', 'NWKSKEY']],
  },
  thingpark: {
    title: 'ThingPark (Actility)',
    name: ['DevEUI | replace - ""', 'EUI | replace - ""', 'deviceEUI | replace - ""'],
    secret: ['AppKey', 'applicationKey', 'lorawan.appKey'],
    nickname: ['Device Name | replace " " _ | replace - _', 'name | replace " " _ | replace - _'],
    headless: { name: ['2 | replace - ""'], secret: ['6'], where: ['1', 'CREATE_OTAA'] },
    rows: ['briefs', 'devices'],
    keys: 'fit',
    marks: [
      ['EUI', 'applicationKey'],
      ['Directive', 'DevEUI'],
    ],
  },
} as const satisfies Readonly<Record<string, Preset>>
