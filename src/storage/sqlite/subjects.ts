import { accessKeys, accounts, instances } from './access.ts'
import { batches } from './batches.ts'
import { connectionEvents } from './connection-events.ts'
import { devices } from './devices.ts'
import { groups } from './groups.ts'
import { importJobs } from './import-jobs.ts'
import { messages } from './messages.ts'
import { names } from './names.ts'
import { nodes } from './nodes.ts'
import { products } from './products.ts'
import { dataKeys, facts } from './secrets.ts'
import { sessions } from './sessions.ts'
import type { Statements } from './statements.ts'
import { subscriptions } from './subscriptions.ts'
import { topics } from './topics.ts'

/** The statements of roll.db, by subject. */
export const subjects = {
  accounts,
  accessKeys,
  instances,
  products,
  batches,
  names,
  devices,
  groups,
  importJobs,
  nodes,
  sessions,
  subscriptions,
  messages,
  connectionEvents,
  topics,
  dataKeys,
  facts,
}

export type SubjectName = keyof typeof subjects

/** Runs one of a subject's writes by its name. */
export type RunWrite = (subject: SubjectName, method: string, values: readonly unknown[]) => unknown

export function writesOn(statements: Statements): RunWrite {
  const writes = Object.fromEntries(
    Object.entries(subjects).map(([name, { writes }]) => [name, writes(statements)]),
  ) as Record<SubjectName, Record<string, (...values: readonly unknown[]) => unknown>>
  return (subject, method, values) => writes[subject][method]!(...values)
}
