/** All that one run has measured, and how a person reads it. */
import type { InProcess } from './in-process.ts'
import { shown, table } from './measure.ts'
import type { Contest } from './rounds.ts'
import type { ImportFigures } from './store.ts'
import { devicesPerCall } from './workload.ts'

/** What must hold: CPU of our call to the floor's, at the most; CPU of the plain way's call to ours, at the least. */
export const targets = { oursToFloor: 15, plainToOurs: 5 } as const

export interface Figures {
  readonly node: string
  readonly cpu: string
  readonly registered: number
  readonly filling: ImportFigures
  readonly inProcess: InProcess
  readonly servers: Contest
  readonly oursToFloor: number
  readonly plainToOurs: number
}

export const meetsTargets = ({ oursToFloor, plainToOurs }: Figures) =>
  oursToFloor <= targets.oursToFloor && plainToOurs >= targets.plainToOurs

/** @param judged whether the run was long enough to be held to the targets */
export function print(figures: Figures, judged: boolean): void {
  const { inProcess, servers, filling, registered } = figures
  const lines = [
    `One signed check of ${devicesPerCall.toLocaleString('en')} devices, ${registered.toLocaleString('en')} registered, none of them in the list`,
    `Node.js ${figures.node}, ${figures.cpu}`,
    '',
    `Registered in ${shown(filling.seconds)} s: ${filling.imports} imports, median ${shown(filling.medianMs)} ms,` +
      ` slowest ${shown(filling.slowestMs)} ms`,
    '',
    `In process: ${shown(inProcess.wallMs)} ms a call, ${shown(inProcess.cpuMs)} ms of CPU`,
    table(
      ['stage', 'ms'],
      Object.entries(inProcess.stagesMs).map(([stage, time]) => [`  ${stage}`, shown(time)]),
    ),
    '',
    'Over HTTP, one server process, two connections',
    table(
      ['server', 'CPU ms/call', 'calls/s', 'devices/s', 'peak MiB', 'calls'],
      Object.entries(servers).map(([name, { cpuMs, callsPerSecond, memoryMiB, calls }]) => [
        `  ${name}`,
        shown(cpuMs),
        shown(callsPerSecond),
        shown(callsPerSecond * devicesPerCall),
        shown(memoryMiB),
        String(calls),
      ]),
    ),
    '',
    `ours / floor   ${shown(figures.oursToFloor)}   (target: at most ${targets.oursToFloor})`,
    `plain / ours   ${shown(figures.plainToOurs)}   (target: at least ${targets.plainToOurs})`,
    judged
      ? meetsTargets(figures)
        ? 'Both targets are met.'
        : 'A TARGET IS MISSED.'
      : 'A quick run judges nothing.',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
