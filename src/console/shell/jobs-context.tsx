import { App } from 'antd'
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { en } from '../texts/en/shell-jobs.ts'
import { zh } from '../texts/zh/shell-jobs.ts'
import { type Job, Jobs } from './jobs.ts'
import { type Texts, useTexts } from './language.tsx'
import { useNumberFormat } from './number-format.ts'
import { useSession } from './session.tsx'

export const jobTexts: Texts<typeof en> = { en, zh }

const Context = createContext<Jobs | undefined>(undefined)

/** The background jobs of the session. */
export function useJobs(): Jobs {
  const jobs = useContext(Context)
  if (jobs === undefined) throw new Error('no session')
  return jobs
}

/** The background jobs, newest first. */
export function useJobList(): readonly Job[] {
  const jobs = useJobs()
  return useSyncExternalStore(jobs.subscribe, jobs.list)
}

/** A job by its ID; undefined if there is none. */
export const useJob = (id: number | undefined): Job | undefined => useJobList().find((job) => job.id === id)

/** Returns the heading of a job. */
export function useJobTitle(): (job: Job) => string {
  const words = useTexts(jobTexts)
  return ({ kind, about }) => words.titles[kind](about)
}

/** Returns what became of a job, in a sentence. */
export function useJobResult(): (job: Job) => string {
  const words = useTexts(jobTexts)
  const { count } = useNumberFormat()
  return ({ state, done, failed, total }) =>
    [
      words.results[state](count(done), total === undefined ? undefined : count(total)),
      failed.length > 0 && words.failed(count(failed.length)),
    ]
      .filter(Boolean)
      .join(' ')
}

/** Holds the background jobs of a session, and reports their ends. */
export function JobsProvider({ children }: { readonly children: ReactNode }) {
  const { ended } = useSession()
  const [jobs] = useState(() => new Jobs(ended))
  return (
    <Context value={jobs}>
      <Ends jobs={jobs} />
      {children}
    </Context>
  )
}

/** Reports each job that ends, also outside of the browser if the user allowed it, and guards running ones. */
function Ends({ jobs }: { readonly jobs: Jobs }) {
  const { notification } = App.useApp()
  const title = useJobTitle()
  const result = useJobResult()
  useEffect(() => {
    jobs.onEnd = (job) => {
      const isWell = job.state === 'done' && job.failed.length === 0
      notification[isWell ? 'success' : 'warning']({
        title: title(job),
        description: result(job),
        placement: 'bottomRight',
        duration: 6,
      })
      if (document.hidden && 'Notification' in window && Notification.permission === 'granted')
        new Notification(title(job), { body: result(job) })
    }
  }, [jobs, notification, title, result])
  useEffect(() => {
    const guard = (event: BeforeUnloadEvent) => {
      if (jobs.list().some(({ state }) => state === 'running')) event.preventDefault()
    }
    addEventListener('beforeunload', guard)
    return () => removeEventListener('beforeunload', guard)
  }, [jobs])
  return null
}
