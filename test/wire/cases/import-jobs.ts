import { type Fields, v1 } from '../../support/wire-call.ts'
import type { WireCase } from '../../support/wire-case.ts'
import { now, ordinaryProduct } from '../../support/wire-server.ts'

/** Import jobs. */

const JobId = 'job-0000-0001'
const own = (Action: string, fields: Fields = {}) => v1({ Action, Version: '2026-11-01', ...fields })
const begun = own('CreateImportJob', {
  ...ordinaryProduct,
  JobId,
  FileName: 'devices.csv',
  SignatureNonce: 'before-create',
})
const notFound = {
  status: 200,
  code: 'iot.import.NotExistedJob',
  message: 'The specified import job does not exist. …',
} as const

export const createImportJobCases: readonly WireCase[] = [
  {
    name: 'created',
    shows: 'A job begins; the same call again finds it.',
    before: [begun],
    call: own('CreateImportJob', { ...ordinaryProduct, JobId, FileName: 'devices.csv' }),
    status: 200,
    members: { Data: { JobId } },
  },
  {
    name: 'invalid-job-id',
    shows: 'An ID that others may guess is refused.',
    call: own('CreateImportJob', { ...ordinaryProduct, JobId: '1', FileName: 'devices.csv' }),
    status: 200,
    code: 'iot.common.InvalidFormattedParameter',
    message: 'The parameter format is invalid. …',
  },
]

export const updateImportJobCases: readonly WireCase[] = [
  {
    name: 'finished',
    shows: 'A client reports the end of an import.',
    before: [begun],
    call: own('UpdateImportJob', {
      JobId,
      State: 'Finished',
      AcceptedCount: '2',
      Reasons: '{"InvalidSn":1}',
    }),
    status: 200,
    members: {},
  },
  {
    name: 'not-existed',
    shows: 'There is no such job.',
    call: own('UpdateImportJob', { JobId }),
    ...notFound,
  },
]

export const listImportJobsCases: readonly WireCase[] = [
  {
    name: 'none',
    shows: 'An instance without import jobs.',
    call: own('ListImportJobs'),
    status: 200,
    members: { Data: { Job: [] } },
    formats: ['JSON'],
  },
]

export const getImportJobCases: readonly WireCase[] = [
  {
    name: 'begun',
    shows: 'A job that has begun, without batches.',
    before: [begun],
    call: own('GetImportJob', { JobId }),
    status: 200,
    members: {
      Data: {
        ...{ JobId, FileName: 'devices.csv', ProductKey: ordinaryProduct.ProductKey, ProductName: /./ },
        ...{ State: 'Running', AccessKeyId: /./, DeviceCount: 0, BatchCount: 0, AcceptedCount: 0 },
        ...{ RejectedCount: 0, SkippedCount: 0, Reasons: '{}', GmtCreate: now, GmtModified: now },
        ...{ RemainingCount: 0, Batch: [] },
      },
    },
    formats: ['JSON'],
  },
  { name: 'not-existed', shows: 'There is no such job.', call: own('GetImportJob', { JobId }), ...notFound },
]

export const undoImportJobCases: readonly WireCase[] = [
  {
    name: 'dry-run',
    shows: 'A job without batches has nothing to undo.',
    before: [begun],
    call: own('UndoImportJob', { JobId, DryRun: 'true' }),
    status: 200,
    members: { Data: { DeletedCount: 0, KeptCount: 0, BatchCount: 0 } },
  },
  { name: 'not-existed', shows: 'There is no such job.', call: own('UndoImportJob', { JobId }), ...notFound },
]
