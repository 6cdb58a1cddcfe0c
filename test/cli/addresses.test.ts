import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import type { NetworkInterfaceInfo } from 'node:os'
import { test } from 'node:test'
import { printAddresses } from '../../src/cli/addresses.ts'
import { temporaryPlace } from '../support/process.ts'

const interfaces = {
  lo: [{ family: 'IPv4', address: '127.0.0.1', internal: true }],
  eth0: [
    { family: 'IPv4', address: '192.168.1.5', internal: false },
    { family: 'IPv6', address: '2001:db8::5', internal: false },
    { family: 'IPv6', address: 'fe80::1', internal: false },
  ],
} as unknown as NodeJS.Dict<NetworkInterfaceInfo[]>

test('a start prints addresses that can be opened', () => {
  for (const [url, path, container, told] of [
    ['http://127.0.0.1:8080', '/console/', false, 'the console is at http://127.0.0.1:8080/console/\n'],
    ['http://127.0.0.1:8080', undefined, false, ''],
    [
      'http://0.0.0.0:8080',
      '/console/',
      false,
      'the console is at http://127.0.0.1:8080/console/\n  from other machines: http://192.168.1.5:8080/console/\n',
    ],
    [
      'https://[::]:443',
      undefined,
      false,
      'it is reached at https://127.0.0.1:443\n  from other machines: https://192.168.1.5:443\n  from other machines: https://[2001:db8::5]:443\n',
    ],
    [
      'http://0.0.0.0:8080',
      '/console/',
      true,
      'the console is at http://127.0.0.1:8080/console/\n  from the machine around this container, if it publishes the port: docker run --publish 127.0.0.1:8080:8080\n',
    ],
  ] as const)
    assert.equal(printAddresses(url, path, undefined, container, interfaces), told)
})

test('in a container it prints how to read the credentials', (t) => {
  const place = temporaryPlace(t)
  writeFileSync(place.file('credentials.env'), '')
  assert.match(
    printAddresses('http://0.0.0.0:8080', '/console/', place.folder, true, interfaces),
    /docker exec \S+ cat \/\S+\/credentials\.env\n$/,
  )
})
