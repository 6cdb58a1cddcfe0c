import type { JobKind } from '../../shell/jobs.ts'

const titles: Readonly<Record<JobKind, (about: string) => string>> = {
  EnableThing: (about) => `Enable devices: ${about}`,
  DisableThing: (about) => `Disable devices: ${about}`,
  DeleteDevice: (about) => `Delete devices: ${about}`,
  SaveDeviceProp: (about) => `Tag devices: ${about}`,
  DeleteDeviceProp: (about) => `Remove a tag: ${about}`,
  BatchAddDeviceGroupRelations: (about) => `Add devices to ${about}`,
  BatchDeleteDeviceGroupRelations: (about) => `Remove devices from ${about}`,
  BatchUpdateDeviceNickname: (about) => `Change nicknames: ${about}`,
  export: (about) => `Write ${about}`,
}

export const en = {
  titles,
  results: {
    running: (done: string, total?: string) =>
      total === undefined ? `${done} so far.` : `${done} of ${total}.`,
    done: (done: string, _?: string) => `Done: ${done}.`,
    stopped: (done: string, total?: string) =>
      total === undefined ? `Stopped after ${done}.` : `Stopped after ${done} of ${total}.`,
    failed: (done: string, _?: string) => `Ended by an error after ${done}.`,
  },
  of: (done: string, total?: string) => (total === undefined ? done : `${done} / ${total}`),
  failed: (count: string) => `${count} failed.`,
  jobs: 'Background jobs',
  open: (running: number) => (running === 0 ? 'Background jobs' : `Background jobs, ${running} running`),
  none: 'No jobs yet. Changes to many devices and exports appear here and continue while you visit other pages.',
  clear: 'Remove finished jobs',
  stop: 'Stop',
  undo: 'Undo',
  progress: 'Progress',
  notify: 'Notify me when a job ends while this tab is hidden',
}
