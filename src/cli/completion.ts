import { Argument, Command } from 'commander'

const shells = ['bash', 'zsh'] as const

/** @param all loads every command; completions come from their declarations */
export function completionCommand(all: () => Promise<readonly Command[]>): Command {
  return new Command('completion')
    .description(
      'Print a shell script that completes commands and options: source <(rollcall completion bash)',
    )
    .addArgument(new Argument('<shell>').choices(shells))
    .action(async (shell: (typeof shells)[number]) => {
      const script = bashScript(await all())
      // zsh can run bash completions.
      process.stdout.write(
        shell === 'zsh' ? `autoload -U +X bashcompinit && bashcompinit\n${script}` : script,
      )
    })
}

/**
 * Generates completions of each command by its path, such as `rollcall devices list`, and of options with few
 * values.
 */
function bashScript(commands: readonly Command[]): string {
  const words = new Map<string, readonly string[]>()
  const values = new Map<string, readonly string[]>()
  const add = (path: string, command: Command) => {
    const options = command.options.filter(({ hidden }) => !hidden)
    words.set(path, [
      ...command.commands.map((sub) => sub.name()),
      ...options.map(({ long }) => long!),
      '--help',
    ])
    for (const { long, argChoices } of options)
      if (argChoices !== undefined) values.set(`${path} ${long}`, argChoices)
    for (const sub of command.commands) add(`${path} ${sub.name()}`, sub)
  }
  words.set('rollcall', [...commands.map((command) => command.name()), '--help', '--version'])
  for (const command of commands) add(`rollcall ${command.name()}`, command)
  const paths = [...words.keys()].filter((path) => path !== 'rollcall')
  const cases = (map: ReadonlyMap<string, readonly string[]>) =>
    [...map].map(([path, list]) => `    '${path}') words='${list.join(' ')}' ;;`).join('\n')
  return `# Completion of rollcall; made by: rollcall completion bash
_rollcall() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} path=rollcall word words=
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$path $word" in
${paths.map((path) => `      '${path}'`).join('|\\\n')}) path="$path $word" ;;
    esac
  done
  case "$path $before" in
${cases(values)}
  esac
  if [ -z "$words" ]; then
    case "$path" in
${cases(words)}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _rollcall rollcall
`
}
