import { Command } from 'commander'
import { undoneJob } from '../../client/import-jobs.ts'
import { type AnswerOf, Unreachable } from '../../client/outcome.ts'
import { quantity } from '../../lib/quantity.ts'
import { CliError } from '../cli-error.ts'
import { cliErrorOf, connect, type EndpointOptions, withEndpoint } from '../endpoint/connect.ts'
import { print } from '../print.ts'

type JobsOptions = EndpointOptions & { readonly instance?: string; readonly json?: true }
type ListOptions = JobsOptions & { readonly product?: string }
type UndoOptions = JobsOptions & { readonly dryRun?: true }

export function jobsCommand(): Command {
  const command = new Command('jobs').description(
    'List import jobs, the records of imported files, and undo them as a whole.',
  )
  command.addCommand(
    ofInstance(new Command('list').description('List import jobs, newest first.'))
      .option('--product <key>', 'Only jobs of this product.')
      .action(list),
  )
  command.addCommand(
    ofInstance(new Command('show').description('Show an import job with its batches.'))
      .argument('<id>', 'ID of the job')
      .action(show),
  )
  command.addCommand(
    ofInstance(
      new Command('undo').description(
        'Delete the devices that an import job registered, except those changed since. Run it again to resume.',
      ),
    )
      .argument('<id>', 'ID of the job')
      .option('--dry-run', 'Print what would be deleted and change nothing.')
      .action(undo),
  )
  return command
}

const ofInstance = (command: Command) =>
  withEndpoint(command)
    .option('--instance <id>', 'ID of the instance, if it has one.')
    .option('--json', 'Print JSON.')

const instanceOf = ({ instance }: JobsOptions): Readonly<Record<string, string>> =>
  instance === undefined ? {} : { IotInstanceId: instance }

/** Pages that are asked for with one call. */
const pageSize = 100

async function list(options: ListOptions): Promise<void> {
  await connected(options, async (client) => {
    const rows: Record<string, unknown>[] = []
    let token: string | undefined
    do {
      const { Data } = await client.call('ListImportJobs', {
        ...instanceOf(options),
        ...(options.product !== undefined && { ProductKey: options.product }),
        ...(token !== undefined && { NextToken: token }),
        MaxResults: String(pageSize),
      })
      rows.push(...Data.Job.map(rowOf))
      token = Data.NextToken
    } while (token !== undefined)
    print(rows, options)
  })
}

type Job = Omit<AnswerOf<'GetImportJob'>['Data'], 'Batch' | 'RemainingCount'>

const rowOf = (job: Job) => ({
  JobId: job.JobId,
  FileName: job.FileName,
  ProductKey: job.ProductKey,
  State: job.State,
  devices: job.DeviceCount,
  batches: job.BatchCount,
  rejected: job.RejectedCount,
  skipped: job.SkippedCount,
  by: job.UserName ?? job.AccessKeyId,
  created: new Date(job.GmtCreate).toISOString(),
})

async function show(id: string, options: JobsOptions): Promise<void> {
  await connected(options, async (client) => {
    const { Data } = await client.call('GetImportJob', { ...instanceOf(options), JobId: id })
    if (options.json) return print([Data], options)
    print([{ ...rowOf(Data), remaining: Data.RemainingCount, reasons: Data.Reasons }], options)
    const batches = Data.Batch.map((batch) => ({
      ApplyId: batch.ApplyId,
      devices: batch.DeviceCount,
      created: new Date(batch.GmtCreate).toISOString(),
    }))
    if (batches.length > 0) print(batches, options)
  })
}

async function undo(id: string, options: UndoOptions): Promise<void> {
  const { dryRun = false } = options
  await connected(options, async (client) => {
    try {
      const job = { ...instanceOf(options), JobId: id }
      const { deleted, kept } = await undoneJob(client, job, dryRun, ({ deleted, kept, batches }) => {
        if (!options.json)
          process.stderr.write(
            `${quantity(batches, 'batch', 'batches')}: ${dryRun ? 'would delete' : 'deleted'} ${deleted}, kept ${kept}\n`,
          )
      })
      print([{ JobId: id, [dryRun ? 'would delete' : 'deleted']: deleted, kept }], options)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      throw new CliError('interrupted', `${error.message}\nRun the same command to resume the undo.`)
    }
  })
}

async function connected(
  options: JobsOptions,
  work: (client: ReturnType<typeof connect>['client']) => Promise<void>,
): Promise<void> {
  const { client, close } = connect(options)
  try {
    await work(client)
  } catch (error) {
    throw cliErrorOf(error)
  } finally {
    close()
  }
}
