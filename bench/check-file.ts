/**
 * Holds `rollcall check` to its targets: a file of 1,000,000 devices, read, judged and asked about over HTTP at a
 * server of this machine with two workers, at 300,000 rows a second or more, in 400 MB or less, as CSV and as a JSON
 * array; and read and judged as XLSX in 5 seconds and 700 MB.
 *
 *   npm run bench:file                     fails when the target is missed; about half a minute
 *   npm run bench:file -- --rows 10000000  a larger file
 *
 * What is measured is the whole command from its start to its end. It runs on Linux: memory is read from /proc.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { xlsxOf } from '../src/device-files/xlsx-writer.ts'
import { endWithNpm } from '../test/support/reaper.ts'
import { median } from './measure.ts'
import { startOurWorkers } from './servers/ours.ts'
import { caller } from './workload.ts'

const { values } = parseArgs({ options: { rows: { type: 'string' } } })
const rows = Number(values.rows ?? 1_000_000)
if (!(Number.isInteger(rows) && rows >= 10_000))
  throw new Error(`--rows is ${values.rows}; it must be 10000 or more`)

const rounds = 5

endWithNpm()
const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))

const table = 'DeviceName,DeviceSecret,Sn\n'
const object = (i: number) =>
  `{"DeviceName":"${nameOf(i)}","DeviceSecret":"${secretOf(i)}","Sn":"QC${400_000 + i}"}`
const cells = (i: number) => [nameOf(i), secretOf(i), `QC${400_000 + i}`]
/** The targets of a file: minimum rows per second, maximum resident bytes. */
const target = { perSecond: 300_000, bytes: 400e6 }

/** The formats of the files. */
const files: readonly {
  readonly name: string
  readonly flags?: readonly string[]
  readonly target?: typeof target
  readonly write: (path: string) => void | Promise<void>
}[] = [
  { name: 'plain CSV', target, write: text(table, (i) => `${cells(i).join()}\n`) },
  {
    name: 'plain CSV, signature V1',
    flags: ['--signature', 'v1'],
    write: text(table, (i) => `${cells(i).join()}\n`),
  },
  { name: 'every cell quoted', write: text(table, (i) => `"${cells(i).join('","')}"\n`) },
  { name: 'JSON lines', write: text('', (i) => `${object(i)}\n`) },
  { name: 'JSON array', target, write: text('[\n', (i) => `${i === 0 ? '' : ',\n'}${object(i)}`, '\n]\n') },
  { name: 'XLSX', target: { perSecond: 200_000, bytes: 700e6 }, write: sheet },
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
  for (const { name, flags = [], target, write } of files) {
    const path = join(folder, 'devices')
    await write(path)
    const runs = []
    for (let round = 0; round < rounds; round++) runs.push(await check(path, flags))
    const perSecond = rows / median(runs.map(({ seconds }) => seconds))
    const bytes = Math.max(...runs.map((run) => run.bytes))
    process.stdout.write(
      `${name.padEnd(24)} ${Math.round(perSecond).toLocaleString('en-US').padStart(10)} rows/s  ${Math.round(bytes / 1e6)} MB at the most\n`,
    )
    if (target !== undefined && (perSecond < target.perSecond || bytes > target.bytes)) missed = true
  }
} finally {
  await server.stop()
}
if (missed) process.exitCode = 1

/** Writes a text row by row. */
function text(beginning: string, row: (i: number) => string, end = ''): (path: string) => void {
  return (path) => {
    const file = openSync(path, 'w')
    let some = beginning
    for (let i = 0; i < rows; i++) {
      some += row(i)
      if (some.length < 1e6) continue
      writeSync(file, some)
      some = ''
    }
    writeSync(file, some + end)
    closeSync(file)
  }
}

/** Writes a workbook as the console does. */
async function sheet(path: string): Promise<void> {
  const records = (function* () {
    yield ['DeviceName', 'DeviceSecret', 'Sn']
    for (let i = 0; i < rows; i++) yield cells(i)
  })()
  writeFileSync(path, new Uint8Array(await xlsxOf(records, 3).arrayBuffer()))
}

/** Runs the command once; returns its duration and peak resident memory. */
async function check(path: string, flags: readonly string[]): Promise<{ seconds: number; bytes: number }> {
  const begun = performance.now()
  const launcher = join(import.meta.dirname, '..', 'bin', 'rollcall.cjs')
  const args = [launcher, 'check', path, '--endpoint', server.url, '--product', caller.productKey, '--json']
  const child = spawn(process.execPath, [...args, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
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
  let stderr = ''
  child.stdout!.on('data', (chunk) => (stdout += chunk))
  child.stderr!.on('data', (chunk) => (stderr += chunk))
  const [status] = await once(child, 'close')
  clearInterval(timer)
  const seconds = (performance.now() - begun) / 1000
  const tally = status === 0 ? JSON.parse(stdout) : undefined
  if (tally?.accepted !== rows) throw new Error(`check ended with ${status} and printed ${stdout}${stderr}`)
  return { seconds, bytes }
}

/** The peak resident memory so far in bytes; 0 if the process has ended. */
function highest(pid: number): number {
  try {
    return 1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
