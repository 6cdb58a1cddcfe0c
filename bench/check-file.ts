/**
 * Holds `rollcall check` to its target: a file of 1,000,000 devices, read, judged and asked about over HTTP at a
 * server of this machine with two workers, at 300,000 rows a second or more, in 400 MB or less.
 *
 *   npm run bench:file                     fails when the target is missed; about half a minute
 *   npm run bench:file -- --rows 10000000  a larger file
 *
 * What is measured is the whole command from its start to its end. It runs on Linux: memory is read from /proc.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { endWithNpm } from '../test/support/reaper.ts'
import { median } from './measure.ts'
import { startOurWorkers } from './servers/ours.ts'
import { caller } from './workload.ts'

const { values } = parseArgs({ options: { rows: { type: 'string' } } })
const rows = Number(values.rows ?? 1_000_000)
if (!(Number.isInteger(rows) && rows >= 10_000))
  throw new Error(`--rows is ${values.rows}; it must be 10000 or more`)

const rowsPerSecondMin = 300_000
const bytesMax = 400e6
const rounds = 5

endWithNpm()
const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))

/** What differs between the files: how the cells are written. */
const files: readonly { readonly name: string; readonly flags: readonly string[]; row(i: number): string }[] =
  [
    { name: 'plain CSV', flags: [], row: (i) => `${nameOf(i)},${secretOf(i)},QC${400_000 + i}\n` },
    {
      name: 'plain CSV, signature V1',
      flags: ['--signature', 'v1'],
      row: (i) => `${nameOf(i)},${secretOf(i)},QC${400_000 + i}\n`,
    },
    {
      name: 'every cell quoted',
      flags: [],
      row: (i) => `"${nameOf(i)}","${secretOf(i)}","QC${400_000 + i}"\n`,
    },
    {
      name: 'JSON lines',
      flags: [],
      row: (i) => `{"DeviceName":"${nameOf(i)}","DeviceSecret":"${secretOf(i)}","Sn":"QC${400_000 + i}"}\n`,
    },
  ]
const nameOf = (i: number) => `lamp-${String(i).padStart(8, '0')}`
const secretOf = (i: number) => `s3cret-${((i * 7919) % 1e9).toString(36)}-abcd`

const server = await startOurWorkers(
  join(folder, 'data'),
  ...['--quota', 'off', '--product-key', caller.productKey],
  ...['--access-key-id', caller.accessKeyId, '--access-key-secret', caller.accessKeySecret],
)
let missed = false
try {
  for (const { name, flags, row } of files) {
    const path = join(folder, 'devices')
    write(path, name.startsWith('JSON') ? '' : 'DeviceName,DeviceSecret,Sn\n', row)
    const runs = []
    for (let round = 0; round < rounds; round++) runs.push(await check(path, flags))
    const perSecond = rows / median(runs.map(({ seconds }) => seconds))
    const bytes = Math.max(...runs.map((run) => run.bytes))
    process.stdout.write(
      `${name.padEnd(24)} ${Math.round(perSecond).toLocaleString('en-US').padStart(10)} rows/s  ${Math.round(bytes / 1e6)} MB at the most\n`,
    )
    if (name === 'plain CSV' && (perSecond < rowsPerSecondMin || bytes > bytesMax)) missed = true
  }
} finally {
  await server.stop()
}
if (missed) process.exitCode = 1

function write(path: string, header: string, row: (i: number) => string): void {
  const file = openSync(path, 'w')
  let text = header
  for (let i = 0; i < rows; i++) {
    text += row(i)
    if (text.length > 1e6 || i === rows - 1) {
      writeSync(file, text)
      text = ''
    }
  }
  closeSync(file)
}

/** Runs the command once; gives what it took, and the most memory that was resident. */
async function check(path: string, flags: readonly string[]): Promise<{ seconds: number; bytes: number }> {
  const begun = performance.now()
  const launcher = join(import.meta.dirname, '..', 'bin', 'rollcall.cjs')
  const args = [launcher, 'check', path, '--endpoint', server.url, '--product', caller.productKey, '--json']
  const child = spawn(process.execPath, [...args, ...flags], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      PATH: process.env.PATH,
      ALIBABA_CLOUD_ACCESS_KEY_ID: caller.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: caller.accessKeySecret,
    },
  })
  let bytes = 0
  const timer = setInterval(() => {
    bytes = Math.max(bytes, highest(child.pid!))
  }, 20)
  let stdout = ''
  child.stdout!.on('data', (chunk) => (stdout += chunk))
  const [status] = await once(child, 'close')
  clearInterval(timer)
  const seconds = (performance.now() - begun) / 1000
  const tally = status === 0 ? JSON.parse(stdout) : undefined
  if (tally?.accepted !== rows) throw new Error(`check ended with ${status} and told ${stdout}`)
  return { seconds, bytes }
}

/** The most bytes that were resident so far; 0 of a process that has ended. */
function highest(pid: number): number {
  try {
    return 1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
