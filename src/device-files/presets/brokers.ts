import type { Preset } from './preset.ts'

/** MQTT brokers, and platforms that people run themselves. */
export const brokers = {
  thingsboard: {
    title: 'ThingsBoard',
    name: ['name', 'Device name', 'Entity name', 'entity.name', 'device.name'],
    secret: [
      ...['ACCESS_TOKEN', 'credentials.credentialsId', 'credentialsId', 'token'],
      ...[
        'MQTT password',
        'MQTT_PASSWORD',
        'credentialsValue.password',
        'credentials.credentialsValue.password',
      ],
    ],
    sn: ['serialNumber', 'Serial No'],
    nickname: [
      'label | replace " " _ | replace - _',
      'entity.label | replace " " _ | replace - _',
      'device.label | replace " " _ | replace - _',
    ],
    tag: {
      type: ['type', 'Device type', 'Device profile', 'deviceProfileName', 'entity.type', 'device.type'],
    },
    rows: ['data', 'devices'],
    keys: 'generate',
    marks: [['name', 'type', 'ACCESS_TOKEN'], ['Access token'], ['entity', 'credentials'], ['credentialsId']],
  },
  emqx: {
    title: 'EMQX',
    name: ['user_id', 'username', 'clientid', 'client_id', 'psk_identity'],
    secret: ['password', 'psk', 'shared_secret', 'secret'],
    headless: { delimiter: ':', name: ['1'], secret: ['2'] },
    rows: ['data'],
    keys: 'generate',
    marks: [
      ['user_id', 'password_hash'],
      ['user_id', 'is_superuser'],
    ],
  },
  mosquitto: {
    title: 'Mosquitto',
    name: ['username', 'identity', 'psk_identity', 'clientid'],
    secret: ['psk', 'key', 'password'],
    headless: { delimiter: ':', name: ['1'], secret: ['2'] },
    rows: ['clients'],
    keys: 'generate',
    marks: [],
  },
  hivemq: {
    title: 'HiveMQ',
    name: ['username', 'user name', 'clientId', 'name'],
    secret: ['password', 'plainPassword'],
    rows: ['items', 'users', 'credentials'],
    keys: 'generate',
    marks: [],
  },
} as const satisfies Readonly<Record<string, Preset>>
