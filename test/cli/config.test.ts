import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readConfig, servesPlainHttp } from '../../src/config.ts'
import { settings, variableOf } from '../../src/settings.ts'

type Name = keyof typeof settings

suite('an invalid setting is reported with flag, variable, value and valid values', () => {
  for (const [name, value, right] of [
    ['port', '65536', 'a whole number from 0 to 65535'],
    ['port', '80a', 'a whole number'],
    ['port', '-1', 'a whole number'],
    ['port', '0x50', 'a whole number'],
    ['port', ' 80', 'a whole number'],
    ['clockSkewMinutes', '1441', 'a whole number from 0 to 1440'],
    ['requestLineBytes', '100', 'a whole number from 1024 to'],
    ['bodyBytes', '1e6', 'a whole number from 1024 to'],
    ['nameMemoryBytes', '1GB', 'a whole number from 0 to'],
    ['requestMemoryBytes', '134217727', 'a whole number from 134217728 to'],
    ['requestTimeoutSeconds', '0', 'a whole number from 1 to 3600'],
    ['requestTimeoutSeconds', '1.5', 'a whole number'],
    ['workers', '0', 'a whole number from 1 to 256'],
    ['drainSeconds', '1h', 'a whole number from 0 to 3600'],
    ['tls', 'on', 'one of self-signed'],
    ['listOverflow', 'drop', 'one of documented, discard, reject'],
    ['failureStatus', '500', 'one of documented, 200, 400'],
    ['quota', 'no', 'one of on, off'],
    ['metrics', 'all', 'one of loopback, anyone'],
    ['headerBytes', '1023', 'a whole number from 1024 to'],
    ['failedCalls', '-1', 'a whole number from 0 to'],
    ['hsts', '1y', 'a whole number from 0 to'],
    ['trustedProxies', '10.0.0.0/33', 'IP addresses or CIDR ranges'],
    ['trustedProxies', 'proxy', 'IP addresses or CIDR ranges'],
    ['trustedProxies', '10.0.0.0/8/8', 'IP addresses or CIDR ranges'],
    ['corsOrigin', 'app.example.com', 'origins such as'],
    ['corsOrigin', 'https://app.example.com/', 'origins such as'],
    ['corsOrigin', 'https://app.example.com:443', 'origins such as'],
    ['corsOrigin', 'null', 'origins such as'],
    ['logLevel', 'verbose', 'one of debug, info, warn, error, silent'],
  ] as const satisfies [Name, string, string][]) {
    const variable = variableOf(settings[name])
    for (const [from, read] of [
      [`--${settings[name].flag}`, () => readConfig({ [name]: value }, {})],
      [variable, () => readConfig({}, { [variable]: value })],
    ] as const) {
      test(`${from}=${value}`, () => {
        assert.throws(read, ({ message }: Error) => {
          for (const part of [`--${settings[name].flag} (${variable})`, right, JSON.stringify(value)]) {
            assert.ok(message.includes(part), `${part} is not in: ${message}`)
          }
          return true
        })
      })
    }
  }

  // Taken for false, it would leave on the disk what was meant to be gone.
  test('a switch that is neither on nor off', () => {
    assert.throws(
      () => readConfig({}, { ROLLCALL_EPHEMERAL: 'yes please' }),
      /ROLLCALL_EPHEMERAL.*"yes please"/,
    )
  })

  test('an unsupported database is refused without printing its password', () => {
    assert.throws(
      () => readConfig({ database: 'mysql://user:hidden@host/x' }, {}),
      (error: Error) =>
        /--database \(ROLLCALL_DATABASE\) must be postgres:/.test(error.message) &&
        !/hidden/.test(error.message),
    )
    const both = { database: 'postgres://host/x', ephemeral: true }
    assert.throws(() => readConfig(both, {}), /can't be given together/)
    assert.equal(readConfig({}, { ROLLCALL_DATABASE: 'postgresql://h/x' }).database, 'postgresql://h/x')
  })

  for (const [given, apart] of [
    [{ workers: '2', ephemeral: true }, ['--workers', '--ephemeral']],
    [{ tls: 'self-signed', tlsCert: 'x', tlsKey: 'y' }, ['--tls (ROLLCALL_TLS)', '--tls-cert']],
  ] as const) {
    test(`${apart.join(' with ')}`, () => {
      assert.throws(
        () => readConfig(given, {}),
        ({ message }: Error) =>
          apart.every((flag) => message.includes(flag)) && message.includes("can't be given together"),
      )
    })
  }

  for (const [given, missing] of [
    ['tlsCert', 'tlsKey'],
    ['tlsKey', 'tlsCert'],
    ['accessKeyId', 'accessKeySecret'],
    ['accessKeySecret', 'accessKeyId'],
  ] as const) {
    test(`--${settings[given].flag} without --${settings[missing].flag}`, () => {
      assert.throws(
        () => readConfig({ [given]: 'x' }, {}),
        ({ message }: Error) =>
          [given, missing].every((name) => message.includes(`--${settings[name].flag} (`)) &&
          message.endsWith('must be given together'),
      )
    })
  }
})

suite('settings', () => {
  test('a variable wins over a default, a flag over the variable', () => {
    assert.equal(readConfig({}, {}).port, 8080)
    assert.equal(readConfig({}, { ROLLCALL_PORT: '81' }).port, 81)
    assert.equal(readConfig({ port: '82' }, { ROLLCALL_PORT: '81' }).port, 82)
  })

  test('an invalid variable is ignored if its flag is set', () => {
    assert.equal(readConfig({ port: '82' }, { ROLLCALL_PORT: 'nonsense' }).port, 82)
  })

  test('an empty variable is as none', () => {
    const empty = Object.fromEntries(Object.values(settings).map((setting) => [variableOf(setting), '']))
    assert.deepEqual(readConfig({}, empty), readConfig({}, {}))
  })

  for (const [given, environment, folder] of [
    [{}, {}, './data'],
    [{ ephemeral: true }, {}, undefined],
    [{}, { ROLLCALL_EPHEMERAL: '1' }, undefined],
    [{}, { ROLLCALL_EPHEMERAL: 'true' }, undefined],
    [{}, { ROLLCALL_EPHEMERAL: '0' }, './data'],
    [{}, { ROLLCALL_EPHEMERAL: 'false' }, './data'],
    [{ data: 'x' }, { ROLLCALL_DATA: 'y' }, 'x'],
  ] as const) {
    test(`the folder is ${folder} for ${JSON.stringify(given)} and ${JSON.stringify(environment)}`, () => {
      assert.equal(readConfig(given, environment).folder, folder)
    })
  }
})

test('lists have commas between their entries', () => {
  const { trustedProxies, corsOrigins } = readConfig(
    { trustedProxies: '10.0.0.0/8, ::1,fd00::/8' },
    { ROLLCALL_CORS_ORIGIN: 'https://app.example.com,http://localhost:5173' },
  )
  assert.deepEqual(trustedProxies, ['10.0.0.0/8', '::1', 'fd00::/8'])
  assert.deepEqual(corsOrigins, ['https://app.example.com', 'http://localhost:5173'])
  const none = readConfig({}, { ROLLCALL_TRUSTED_PROXIES: '' })
  assert.deepEqual([none.trustedProxies, none.corsOrigins], [[], []])
})

test('one entry of a list that is wrong is named', () => {
  assert.throws(() => readConfig({ trustedProxies: '10.0.0.1,10.0.0' }, {}), /not "10\.0\.0"$/)
})

test('this machine’s failed calls are limited when the setting is given, by flag or variable', () => {
  assert.deepEqual(readConfig({}, {}).failedCalls, { perSecond: 50, loopback: false })
  assert.deepEqual(readConfig({ failedCalls: '50' }, {}).failedCalls, { perSecond: 50, loopback: true })
  const given = { ROLLCALL_FAILED_CALLS: '7' }
  assert.deepEqual(readConfig({}, given).failedCalls, { perSecond: 7, loopback: true })
})

test('--hsts needs TLS', () => {
  assert.throws(() => readConfig({ hsts: '60' }, {}), /--hsts \(ROLLCALL_HSTS\) needs --tls/)
  assert.equal(readConfig({ hsts: '60', tls: 'self-signed' }, {}).hstsSeconds, 60)
})

test('a server that other machines reach without TLS is detected', () => {
  for (const [given, plain] of [
    [{}, false],
    [{ host: 'localhost' }, false],
    [{ host: '127.1.2.3' }, false],
    [{ host: '::1' }, false],
    [{ host: '0.0.0.0' }, true],
    [{ host: '::' }, true],
    [{ host: 'roll.example.com' }, true],
    [{ host: '0.0.0.0', tls: 'self-signed' }, false],
    [{ host: '0.0.0.0', plainHttp: true }, false],
  ] as const) {
    assert.equal(servesPlainHttp(readConfig(given, {})), plain, JSON.stringify(given))
  }
})
