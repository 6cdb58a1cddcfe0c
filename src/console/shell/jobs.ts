/** An entry of a job that failed. */
export interface JobFailure {
  readonly name: string
  readonly error: unknown
}

/** The kind of a job: an operation for each of many devices, or the writing of a file. */
export type JobKind =
  | 'EnableThing'
  | 'DisableThing'
  | 'DeleteDevice'
  | 'SaveDeviceProp'
  | 'DeleteDeviceProp'
  | 'BatchAddDeviceGroupRelations'
  | 'BatchDeleteDeviceGroupRelations'
  | 'BatchUpdateDeviceNickname'
  | 'export'

/** The reports of a running job, and when it must end. */
export interface JobCourse {
  isStopped(): boolean
  /** Sets the number of finished entries, and the failed ones. */
  progress(done: number, failed?: readonly JobFailure[]): void
  total(total: number): void
}

export interface JobSpec<Result = unknown> {
  readonly kind: JobKind
  /** The name of the product, group or file. */
  readonly about: string
  /** Entries, if known. */
  readonly total?: number
  readonly run: (course: JobCourse) => Promise<Result>
  /** Abandons `run` when the user stops the job, instead of waiting for its calls in progress. */
  readonly stopsAtOnce?: boolean
  /** Returns what reverts the job; undefined if nothing can. Called after `run`, also if it was stopped. */
  readonly undo?: () => JobSpec | undefined
}

/** A job as it is displayed. */
export interface Job {
  readonly id: number
  readonly kind: JobKind
  readonly about: string
  readonly state: 'running' | 'stopped' | 'done' | 'failed'
  readonly total: number | undefined
  readonly done: number
  readonly failed: readonly JobFailure[]
  /** The result of `run`, once it is done. */
  readonly result?: unknown
  /** The error that ended the job as a whole. */
  readonly error?: unknown
  readonly undo?: JobSpec | undefined
}

/** Finished jobs beyond this number are forgotten, the oldest first. */
const finishedMax = 20

/** Background jobs of a session: they continue while the user visits other pages. */
export class Jobs {
  readonly #ended: AbortSignal
  readonly #listeners = new Set<() => void>()
  readonly #stopped = new Set<number>()
  /** Called when a running job is stopped. */
  readonly #endings = new Map<number, () => void>()
  #jobs: readonly Job[] = []
  #lastId = 0
  /** Called when a job ends by itself. */
  onEnd: (job: Job) => void = () => {}

  /** @param ended stops all jobs */
  constructor(ended: AbortSignal) {
    this.#ended = ended
  }

  /** The jobs, newest first. */
  readonly list = (): readonly Job[] => this.#jobs

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Starts a job and returns its ID. */
  start({ kind, about, total, run, stopsAtOnce = false, undo }: JobSpec): number {
    const id = ++this.#lastId
    this.#set([{ id, kind, about, state: 'running', total, done: 0, failed: [] }, ...this.#jobs])
    const isStopped = () => this.#ended.aborted || this.#stopped.has(id)
    const course: JobCourse = {
      isStopped,
      progress: (done, failed = []) => this.#change(id, { done, failed }),
      total: (total) => this.#change(id, { total }),
    }
    const end = (outcome: Partial<Job>) => {
      if (!this.#endings.delete(id)) return
      this.#change(id, { ...outcome, undo: undo?.() })
      this.#forgetOld()
      const job = this.#jobs.find((job) => job.id === id)
      if (job !== undefined && !this.#ended.aborted) this.onEnd(job)
    }
    this.#endings.set(id, () => stopsAtOnce && end({ state: 'stopped' }))
    run(course).then(
      (result) => end({ state: isStopped() ? 'stopped' : 'done', result }),
      (error) => end(isStopped() ? { state: 'stopped' } : { state: 'failed', error }),
    )
    return id
  }

  /** Stops a job, after its calls in progress unless it is abandoned at once. */
  stop(id: number): void {
    this.#stopped.add(id)
    this.#change(id, {})
    this.#endings.get(id)?.()
  }

  isStopping = (id: number): boolean => this.#stopped.has(id)

  /** Reverts a finished job by another one. */
  undo(id: number): void {
    const undo = this.#jobs.find((job) => job.id === id)?.undo
    if (undo === undefined) return
    this.#change(id, { undo: undefined })
    this.start(undo)
  }

  /** Forgets the finished jobs. */
  clear(): void {
    this.#set(this.#jobs.filter(({ state }) => state === 'running'))
  }

  #forgetOld(): void {
    let finished = 0
    this.#set(this.#jobs.filter(({ state }) => state === 'running' || ++finished <= finishedMax))
  }

  #change(id: number, changes: Partial<Job>): void {
    this.#set(this.#jobs.map((job) => (job.id === id ? { ...job, ...changes } : job)))
  }

  #set(jobs: readonly Job[]): void {
    this.#jobs = jobs
    for (const listener of this.#listeners) listener()
  }
}
