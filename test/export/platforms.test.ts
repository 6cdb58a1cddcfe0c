import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { platforms } from '../../src/device-files/presets/presets.ts'
import { exportPlatforms, writtenFor } from '../../src/export/platforms.ts'
import { readList } from '../device-files/read-list.ts'

const guide = readFileSync('docs/guide/moving.md', 'utf8')

async function* devices() {
  yield [{ DeviceName: 'lamp-001', DeviceSecret: 'k1a1', Sn: 'Q1', Nickname: 'North_gate' }]
  yield [{ DeviceName: 'lamp-002', DeviceSecret: 'k2b2' }]
}

for (const platform of exportPlatforms)
  test(`what is exported for ${platform} is read as its export`, async () => {
    let text = ''
    for await (const piece of writtenFor(platform, devices())) text += piece
    const { good } = await readList(text, { reshape: { from: platform } })
    assert.deepEqual(
      good.map((device) => device.split(' ').slice(0, 2).join(' ')),
      ['lamp-001 k1a1', 'lamp-002 k2b2'],
    )
  })

test('the guide has every platform', () => {
  for (const platform of platforms) assert.match(guide, new RegExp(`^\\| \`${platform}\``, 'm'))
  for (const platform of exportPlatforms)
    assert.ok(guide.split('## Out again')[1]!.includes(`\`${platform}\``))
})

test('the code of the guide derives the secrets that an import derives', () => {
  const code = (language: string) => new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(guide)![1]!
  const key = 'X+zrZv/IbzjZUnhsbWlsecLbwjndTpG0ZynXOif7V+k='
  const secret = createHmac('sha256', key).update('dev-0001').digest('hex').slice(0, 32)
  const run = (program: string, args: readonly string[]) =>
    execFileSync(program, args, { encoding: 'utf8' }).trim()
  assert.equal(run('python3', ['-c', code('python'), key, 'dev-0001']), secret)
  assert.equal(run('sh', ['-c', code('bash'), 'sh', key, 'dev-0001']), secret)
})
