import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Client } from '../../src/client/client.ts'
import { bulkJob, nicknameOf, parametersFor, undoOf } from '../../src/console/products/bulk.ts'
import type { Found } from '../../src/console/products/search.ts'
import { type Job, Jobs } from '../../src/console/shell/jobs.ts'

const device = (name: string, status?: string): Found => ({ productKey: 'a1', name, status })

/** A session whose calls are recorded; calls of devices in `failing` throw. */
function recorded(failing: readonly string[] = []) {
  const calls: [string, Readonly<Record<string, string>>][] = []
  const call = async (action: string, parameters: Readonly<Record<string, string>>) => {
    calls.push([action, parameters])
    if (failing.includes(parameters.DeviceName ?? '')) throw new Error('no such device')
    return {}
  }
  const session = { instance: '', connect: () => ({ call }) as unknown as Client, changed: async () => {} }
  return { calls, session }
}

/** Runs a job to its end. */
async function ended(jobs: Jobs, id: number): Promise<Job> {
  for (;;) {
    const job = jobs.list().find((job) => job.id === id)!
    if (job.state !== 'running') return job
    await new Promise((resolve) => {
      const leave = jobs.subscribe(() => {
        leave()
        resolve(undefined)
      })
    })
  }
}

suite('background jobs', () => {
  test('a job counts what it did and what failed, and undoes what it changed', async () => {
    const { calls, session } = recorded(['gone'])
    const jobs = new Jobs(new AbortController().signal)
    const devices = [device('on', 'ONLINE'), device('gone', 'OFFLINE'), device('off', 'DISABLE')]
    const id = jobs.start(bulkJob(session, { doing: 'DisableThing' }, devices, 'Pumps'))
    const job = await ended(jobs, id)
    assert.equal(job.done, 2)
    assert.deepEqual(
      job.failed.map(({ name }) => name),
      ['gone'],
    )
    jobs.undo(id)
    const back = await ended(jobs, id + 1)
    assert.equal(back.done, 1)
    assert.deepEqual(calls.slice(3), [['EnableThing', { ProductKey: 'a1', DeviceName: 'on' }]])
    assert.equal(jobs.list().find((job) => job.id === id)!.undo, undefined)
  })

  test('a stopped job keeps what it did, and one that is abandoned ends at once', async () => {
    const jobs = new Jobs(new AbortController().signal)
    let done = 0
    const id = jobs.start({
      kind: 'DeleteDevice',
      about: '',
      total: 9,
      async run(course) {
        while (!course.isStopped()) {
          course.progress(++done)
          if (done === 3) jobs.stop(id)
          await null
        }
      },
    })
    assert.deepEqual([(await ended(jobs, id)).state, done], ['stopped', 3])
    const held = jobs.start({
      kind: 'export',
      about: '',
      stopsAtOnce: true,
      run: () => new Promise(() => {}),
    })
    jobs.stop(held)
    assert.equal((await ended(jobs, held)).state, 'stopped')
  })

  test('sign-out stops all jobs without a report', async () => {
    const session = new AbortController()
    const jobs = new Jobs(session.signal)
    jobs.onEnd = () => assert.fail('reported')
    const id = jobs.start({
      kind: 'export',
      about: '',
      async run(course) {
        while (!course.isStopped()) await null
      },
    })
    session.abort()
    assert.equal((await ended(jobs, id)).state, 'stopped')
  })

  test('deletions and unknown states are not undone', () => {
    const { session } = recorded()
    assert.equal(undoOf(session, { doing: 'DeleteDevice' }, [device('a', 'ONLINE')], ''), undefined)
    assert.equal(undoOf(session, { doing: 'DisableThing' }, [device('a')], ''), undefined)
    assert.equal(undoOf(session, { doing: 'EnableThing' }, [device('a', 'OFFLINE')], ''), undefined)
  })

  test('a call names its devices, and numbers nicknames over all calls', () => {
    assert.equal(nicknameOf('pump_{n}', 7, 1200), 'pump_0007')
    const change = { doing: 'BatchUpdateDeviceNickname', pattern: 'pump_{n}' } as const
    assert.deepEqual(parametersFor(change, [device('a'), device('b')], 50, 120), {
      'DeviceNicknameInfo.1.ProductKey': 'a1',
      'DeviceNicknameInfo.1.DeviceName': 'a',
      'DeviceNicknameInfo.2.ProductKey': 'a1',
      'DeviceNicknameInfo.2.DeviceName': 'b',
      'DeviceNicknameInfo.1.Nickname': 'pump_051',
      'DeviceNicknameInfo.2.Nickname': 'pump_052',
    })
    const tag = { doing: 'SaveDeviceProp', key: 'floor', value: '1' } as const
    assert.deepEqual(parametersFor(tag, [device('a')], 0, 1), {
      ProductKey: 'a1',
      DeviceName: 'a',
      Props: '{"floor":"1"}',
    })
  })
})
