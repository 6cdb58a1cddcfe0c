import { CopyButton } from '../shell/copy-button.tsx'
import { useTexts } from '../shell/language.tsx'
import { linkOf } from './link.ts'
import { texts } from './texts.ts'

/** Copies a link to an operation with the parameters of the form, without secrets. */
export function CopyLink(props: {
  readonly action: string
  readonly parameters: Readonly<Record<string, string>>
}) {
  const words = useTexts(texts)
  const link = linkOf(location.href.replace(/#.*/, ''), props.action, props.parameters)
  if (link === undefined) return null
  return <CopyButton text={link} what={words.link} />
}
