import assert from 'node:assert/strict'
import { connectDevice, type DeviceNode, deviceNodes, publish } from '../support/device-nodes.ts'
import { ask, type DriverName, devicesNamed, sharedStore } from '../support/nodes.ts'
import type { Lifetime } from '../support/process.ts'

export interface DeviceRounds {
  readonly driver: DriverName
  readonly rounds: number
  /** Chooses which node is killed, and when. */
  readonly seed: number
}

export interface DeviceCounts {
  readonly answered: number
  /** Messages that a device got more than once. */
  readonly twice: number
}

const names = ['lamp-1', 'lamp-2', 'lamp-3']
const perNode = 40

/**
 * Kills a node in each round while three nodes send QoS 1 messages to devices that are spread over them, and proves that
 * every message that was answered reaches its device. Devices of the killed node connect to another one.
 */
export async function deviceRounds(
  t: Lifetime,
  { driver, rounds, seed }: DeviceRounds,
): Promise<DeviceCounts> {
  const shared = await sharedStore(t, driver)
  const nodes = await deviceNodes(shared, 3)
  assert.equal((await ask(nodes[0]!, 'BatchImportDevice', devicesNamed(names))).body.Success, true)
  const got = new Map<string, number>()
  const count = (payload: string) => got.set(payload, (got.get(payload) ?? 0) + 1)
  for (const [i, name] of names.entries()) await connectDevice(t, nodes[i]!, name, count)
  const answered: string[] = []
  let chance = seed
  const choose = (below: number) => {
    chance = (Math.imul(chance, 1_103_515_245) + 12_345) & 0x7fffffff
    return (chance >>> 8) % below
  }

  async function send(node: DeviceNode, from: string, victim: () => DeviceNode | undefined): Promise<void> {
    for (let n = 0; n < perNode; n++) {
      const text = `${from} ${n}`
      const reply = await publish(node, names[n % names.length]!, text).catch(() => undefined)
      if (reply?.body?.Success === true) answered.push(text)
      else assert.equal(node, victim(), `a node that lives did not answer Pub: ${reply?.text}`)
    }
  }

  for (let round = 0; round < rounds; round++) {
    const place = choose(3)
    const victim = nodes[place]!
    const killAt = answered.length + 10 + choose(60)
    let killed: DeviceNode | undefined
    const kill = async () => {
      while (answered.length < killAt) await new Promise((resolve) => setTimeout(resolve, 1))
      killed = victim
      await victim.process.stop('SIGKILL')
      await connectDevice(t, nodes[(place + 1) % 3]!, names[place]!, count)
    }
    await Promise.all([kill(), ...nodes.map((node, i) => send(node, `${round} ${i}`, () => killed))])
    while (answered.some((text) => !got.has(text))) await new Promise((resolve) => setTimeout(resolve, 20))
    nodes[place] = (await deviceNodes(shared, 1))[0]!
    await connectDevice(t, nodes[place]!, names[place]!, count)
  }
  return { answered: answered.length, twice: [...got.values()].filter((times) => times > 1).length }
}
