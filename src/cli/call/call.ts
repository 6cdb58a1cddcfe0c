import { Command } from 'commander'
import { describeFaults, documented, type Operation } from '../../client/operations.ts'
import { Refused, Unreachable } from '../../client/outcome.ts'
import { CliError, statuses } from '../cli-error.ts'
import {
  cliErrorOf,
  connect,
  type EndpointOptions,
  readCatalogue,
  withEndpoint,
} from '../endpoint/connect.ts'

type CallOptions = EndpointOptions & { readonly debug?: true }

/** `rollcall call`: a subcommand for each operation of the catalogue; its help comes from the declaration. */
export function callCommand(): Command {
  const call = new Command('call')
    .description('Call an operation of the API and print the answer as JSON.')
    .usage('<operation> [Name=Value…]')
    .showSuggestionAfterError(true)
  for (const operation of readCatalogue()) call.addCommand(operationCommand(operation))
  return call
}

function operationCommand(operation: Operation): Command {
  return withEndpoint(
    new Command(operation.name)
      .summary(operation.summary)
      .description(operation.summary)
      .argument('[parameters...]', 'as Name=Value; lists as DeviceName.1=lamp-1 DeviceName.2=lamp-2'),
  )
    .option('--debug', 'Print the string to sign on standard error; it contains all parameters.')
    .addHelpText('after', () => parametersHelp(operation))
    .action((words: readonly string[], options: CallOptions) => run(operation, words, options))
}

async function run(operation: Operation, words: readonly string[], options: CallOptions): Promise<void> {
  const parameters = parametersIn(words)
  const wrong = describeFaults(operation, parameters)
  if (wrong.length > 0) throw new CliError('usage', wrong.join('\n'))
  const { client, close } = connect(options, {
    ...(options.debug && {
      onSigned: (signed) => process.stderr.write(`string to sign:\n${signed.stringToSign()}\n`),
    }),
  })
  try {
    print(await client.call(operation.name, parameters))
  } catch (error) {
    if (error instanceof Unreachable && error.maybeDone)
      throw new CliError(
        'unreachable',
        `${error.message}: ${operation.name} may or may not have run; check the result`,
      )
    if (error instanceof Refused && error.answer !== undefined) {
      print(error.answer)
      process.stderr.write(`rollcall: ${error.message}\n`)
      const ending = cliErrorOf(error)
      const isFar = ending instanceof CliError && ending.status === statuses.unreachable
      process.exitCode = isFar ? statuses.unreachable : statuses.someBad
      return
    }
    throw cliErrorOf(error)
  } finally {
    close()
  }
}

/** @throws CliError if an argument is not Name=Value, or a name is repeated */
function parametersIn(words: readonly string[]): Record<string, string> {
  const parameters = new Map<string, string>()
  for (const word of words) {
    const equals = word.indexOf('=')
    if (equals < 1) throw new CliError('usage', `${JSON.stringify(word)} must be a parameter as Name=Value`)
    const name = word.slice(0, equals)
    if (parameters.has(name)) throw new CliError('usage', `${name} is given twice`)
    parameters.set(name, word.slice(equals + 1))
  }
  return Object.fromEntries(parameters)
}

const print = (answer: unknown) => process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`)

function parametersHelp({ parameters, failures, callsPerSecond }: Operation): string {
  const width = Math.max(0, ...parameters.map(({ name }) => name.length))
  const lines = parameters.map(
    (field) =>
      `  ${field.name.padEnd(width)}  ${field.type}${field.required ? ', required' : ''}. ${documented(field)}`,
  )
  return `
Parameters:
${lines.join('\n') || '  none'}

Failures:
${failures.map(({ code, text }) => `  ${code}: ${text}`).join('\n')}

${callsPerSecond} calls a second for each account.`
}
