import type { Command, Option } from 'commander'

/** Generates the manual page from the commands' declarations. */
export function manPage(description: string, commands: readonly Command[]): string {
  return `.\\" Generated from the declarations by \`npm run generate\`; edit those instead.
.TH ROLLCALL 1
.SH NAME
rollcall \\- ${escaped(description)}
.SH SYNOPSIS
.B rollcall
.I command
[options]
.SH COMMANDS
${commands.map((command) => commandSection(`rollcall ${command.name()}`, command)).join('')}.SH EXIT STATUS
.TP
.B 0
All is good.
.TP
.B 1
Some rows are bad, or what was asked for failed.
.TP
.B 2
Wrong usage.
.TP
.B 3
The endpoint could not be reached, or did not allow it.
.TP
.B 4
Interrupted: the same command goes on.
.SH ENVIRONMENT
.TP
.B ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET
The access key of commands that call an endpoint.
.TP
.B ROLLCALL_ENDPOINT
The endpoint that they call.
.SH FILES
.TP
.I ~/.aliyun/config.json, ~/.alibabacloud/credentials
Access keys, where the environment has none.
.TP
.I FILE.import.jsonl
The journal of an import of FILE.
`
}

function commandSection(path: string, command: Command): string {
  // The operations of `call` have separate reference pages.
  const subs = path === 'rollcall call' ? [] : command.commands
  const own =
    command.commands.length > 0 && subs.length > 0
      ? ''
      : `.SS ${escaped(`${path} ${command.usage()}`)}\n${escaped(command.description())}\n${options(command.options)}`
  return own + subs.map((sub) => commandSection(`${path} ${sub.name()}`, sub)).join('')
}

function options(all: readonly Option[]): string {
  return all
    .filter(({ hidden }) => !hidden)
    .map(({ flags, description, argChoices, defaultValue }) => {
      const chosen = argChoices === undefined ? '' : ` One of ${argChoices.join(', ')}.`
      const otherwise = typeof defaultValue === 'string' ? ` Default: ${defaultValue}.` : ''
      return `.TP\n.B ${escaped(flags)}\n${escaped(`${description}${chosen}${otherwise}`)}\n`
    })
    .join('')
}

/** Escapes text for roff: ASCII, no line begins with a dot, and hyphens can be copied. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/gm, '\\&')
    .replace(/[^\x00-\x7f]/gu, (c) => `\\[u${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`)
}
