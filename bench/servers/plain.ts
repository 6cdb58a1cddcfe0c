/**
 * The plain way: the same check as a good programmer first writes it, with a fast framework, its form parser
 * and the same SQLite. It leaves out what Rollcall does besides: clock, nonce, quota, accounts and products.
 */
import { createHmac } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import formbody from '@fastify/formbody'
import fastify from 'fastify'
import { caller, devicesPerCall } from '../workload.ts'
import './leash.ts'
import { plainProduct } from './plain-table.ts'

type Form = Readonly<Record<string, string>>

interface Entry {
  DeviceName: string
  DeviceSecret: string
  Sn?: string
}

const database = new DatabaseSync(process.argv[2]!, { readOnly: true })
// The same page cache as Rollcall's.
database.exec('PRAGMA cache_size = -131072')
const findTaken = database.prepare(
  `SELECT d.name FROM json_each(?) asked CROSS JOIN device d ON d.product = ? AND d.name = asked.value`,
)

const server = fastify({ bodyLimit: 16 * 1024 * 1024 })
await server.register(formbody)

server.post('/', (request, reply) => {
  const form = request.body as Form
  if (!isSigned(form)) return reply.code(400).send({ Code: 'SignatureDoesNotMatch' })
  const entries = entriesOf(form)
  if (entries.length > devicesPerCall) return reply.code(400).send({ Code: 'TooManyDevices' })
  const data = judge(entries)
  return reply.send({ Success: true, ...(data && { Data: data }) })
})

function isSigned(form: Form): boolean {
  const canonical = Object.keys(form)
    .filter((name) => name !== 'Signature')
    .sort()
    .map((name) => `${encodeURIComponent(name)}=${encodeURIComponent(form[name]!)}`)
    .join('&')
    // encodeURIComponent leaves these as they are; once over the whole is cheaper than for each value.
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  const toSign = `POST&%2F&${encodeURIComponent(canonical)}`
  const ours = createHmac('sha1', `${caller.accessKeySecret}&`).update(toSign).digest('base64')
  return ours === form.Signature
}

function entriesOf(form: Form): Entry[] {
  const entries: Entry[] = []
  for (const [name, value] of Object.entries(form)) {
    const [, n, member] = /^DeviceList\.(\d+)\.(DeviceName|DeviceSecret|Sn)$/.exec(name) ?? []
    if (n === undefined) continue
    const entry = (entries[Number(n) - 1] ??= { DeviceName: '', DeviceSecret: '' })
    entry[member as keyof Entry] = value
  }
  return entries.filter((entry) => entry !== undefined)
}

function judge(entries: readonly Entry[]) {
  const names = entries.map(({ DeviceName }) => DeviceName)
  const taken = new Set(
    findTaken.all(JSON.stringify(names), plainProduct).map((row) => (row as { name: string }).name),
  )
  const seen = new Set<string>()
  const bad: (Entry & { ErrorMsg: string })[] = []
  for (const entry of entries) {
    const reasons: string[] = []
    if (!/^[A-Za-z0-9\-_@.:]{4,32}$/.test(entry.DeviceName)) reasons.push('The device name is illegal.')
    if (!/^[A-Za-z0-9\-_@.:]{1,32}$/.test(entry.DeviceSecret)) reasons.push('The device secret is illegal.')
    if (entry.Sn !== undefined && !/^[A-Za-z0-9_]{1,64}$/.test(entry.Sn)) reasons.push('The sn is illegal.')
    if (seen.has(entry.DeviceName)) reasons.push('The device name is repeated.')
    else if (taken.has(entry.DeviceName)) reasons.push('The device name already exists.')
    seen.add(entry.DeviceName)
    if (reasons.length > 0) bad.push({ ...entry, ErrorMsg: reasons.join(' | ') })
  }
  return bad.length === 0 ? undefined : { InvalidDetailList: bad }
}

const url = await server.listen({ host: '127.0.0.1', port: 0 })
process.stdout.write(`plain is listening on ${url}\n`)
