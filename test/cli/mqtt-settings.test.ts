import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type RawSettings, readConfig } from '../../src/config.ts'

const port = (number: number, asked: boolean) => ({ number, asked })

for (const [what, given, environment, expected] of [
  ['nothing', {}, {}, { port: port(1883, false), tlsPort: undefined }],
  ['a port', { mqttPort: '1884' }, {}, { port: port(1884, true), tlsPort: undefined }],
  ['the default port by name', {}, { ROLLCALL_MQTT_PORT: '1883' }, { port: port(1883, true) }],
  ['any free port', { mqttPort: '0' }, {}, { port: port(0, true) }],
  ['TLS', { tls: 'self-signed' }, {}, { tlsPort: port(8883, false) }],
  ['TLS and its port', { tls: 'self-signed', mqttTlsPort: '0' }, {}, { tlsPort: port(0, true) }],
  [
    'gateways, by the flag',
    { mqttGateways: '1884=a1One,Plant.Example.com=a1Two' },
    {},
    {
      gateways: [
        { listener: 1884, productKey: 'a1One' },
        { listener: 'plant.example.com', productKey: 'a1Two' },
      ],
    },
  ],
  [
    'gateways, by the variable',
    {},
    { ROLLCALL_MQTT_GATEWAYS: '1884=a1One' },
    { gateways: [{ listener: 1884, productKey: 'a1One' }] },
  ],
  [
    'rates',
    { mqttConnects: '5', mqttMessages: '30' },
    {},
    { rates: { connectsPerMinute: 5, messagesPerSecond: 30, bytesPerSecond: undefined } },
  ],
] as const) {
  test(`with ${what}`, () => {
    const { mqtt } = readConfig(given as RawSettings, environment)
    assert.partialDeepStrictEqual(mqtt, expected)
  })
}

for (const [given, message] of [
  [{ mqttGateways: '1884=a1One,1884=a1Two' }, /--mqtt-gateway \(ROLLCALL_MQTT_GATEWAYS\) gives 1884 twice/],
  [{ mqttGateways: 'A.example=a1One,a.example=a1One' }, /gives a\.example twice/],
  [{ mqttGateways: '1884' }, /must be PORT=PRODUCTKEY or HOST=PRODUCTKEY/],
  [{ mqttGateways: '70000=a1One' }, /not "70000=a1One"/],
  [{ mqttTlsPort: '8883' }, /--mqtt-tls-port \(ROLLCALL_MQTT_TLS_PORT\) needs --tls/],
  [{ mqttPort: '70000' }, /--mqtt-port \(ROLLCALL_MQTT_PORT\) must be a whole number/],
  [
    { nodeAddress: '0.0.0.0:7946' },
    /--node-address \(ROLLCALL_NODE_ADDRESS\) .* not 0\.0\.0\.0, which is every/,
  ],
  [{ nodeAddress: '[::]' }, /not ::, which is every address/],
  [{ nodeAddress: '10.0.0.5:99999' }, /must be a host, or host:port/],
  [{ api: 'off', mqtt: 'off' }, /leave nothing to serve/],
] as const) {
  test(`${JSON.stringify(given)} is refused`, () => assert.throws(() => readConfig(given, {}), { message }))
}

test('--mqtt off serves no devices', () => assert.equal(readConfig({ mqtt: 'off' }, {}).mqtt, undefined))
