import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { clientOf, networkOf, trustedProxies } from '../../src/http/source.ts'

const from = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage

const trusted = trustedProxies(['10.0.0.0/8', '127.0.0.1', 'fd00::/8'])

for (const [what, remote, forwarded, client] of [
  [
    'a peer that is no proxy of ours is the client, whatever it says',
    '203.0.113.5',
    '198.51.100.1',
    '203.0.113.5',
  ],
  ['IPv4 on a socket of IPv6 is IPv4', '::ffff:203.0.113.5', undefined, '203.0.113.5'],
  ['a zone says nothing', 'fe80::1%eth0', undefined, 'fe80::1'],
  ['behind a proxy it is the address that the proxy saw', '10.0.0.2', '198.51.100.1', '198.51.100.1'],
  ['behind a proxy on IPv6', 'fd00::2', '2001:DB8:0:0::7', '2001:db8::7'],
  ['a proxy’s address may be mapped', '::ffff:10.0.0.2', '198.51.100.1', '198.51.100.1'],
  ['what the client made up stands before it', '10.0.0.2', '1.2.3.4, 198.51.100.1', '198.51.100.1'],
  ['behind two proxies of ours', '127.0.0.1', '1.2.3.4,198.51.100.1 , 10.1.1.1', '198.51.100.1'],
  ['a proxy that is itself the client', '10.0.0.2', '10.3.3.3', '10.3.3.3'],
  ['a proxy that says nothing is the client', '10.0.0.2', undefined, '10.0.0.2'],
  ['a port is no part of an address', '10.0.0.2', '198.51.100.1:4711', '198.51.100.1'],
  ['nor are brackets', '10.0.0.2', '[2001:db8::7]:4711', '2001:db8::7'],
  ['nonsense ends the chain at the hop that sent it', '10.0.0.2', '1.2.3.4, unknown, 10.1.1.1', '10.1.1.1'],
  ['an empty entry does, too', '10.0.0.2', '1.2.3.4,, 10.1.1.1', '10.1.1.1'],
] as const) {
  test(what, () => assert.equal(clientOf(from(remote, forwarded), trusted), client))
}

test('without trusted proxies no header is believed, not even this machine’s', () => {
  assert.equal(clientOf(from('127.0.0.1', '198.51.100.1'), trustedProxies([])), '127.0.0.1')
})

test('of 16 KB of commas or of our own proxies 32 entries are looked at', () => {
  assert.equal(clientOf(from('10.0.0.2', ','.repeat(16_384)), trusted), '10.0.0.2')
  assert.equal(clientOf(from('10.0.0.2', `1.2.3.4${',10.0.0.9'.repeat(40)}`), trusted), '10.0.0.9')
})

for (const [address, network] of [
  ['203.0.113.5', '203.0.113.5'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['2001:db8:0:1::', '2001:db8:0:1::/64'],
  ['::1', '0:0:0:0::/64'],
] as const) {
  test(`${address} is counted as ${network}`, () => assert.equal(networkOf(address), network))
}
