import { Badge } from 'antd'
import { useTexts } from '../shell/language.tsx'
import { texts } from './texts.ts'

/** Displays whether the devices of a batch were registered. */
export function BatchState({ registered }: { readonly registered: boolean }) {
  const words = useTexts(texts)
  return registered ? (
    <Badge status="success" text={words.registered} />
  ) : (
    <Badge status="warning" text={words.notRegistered} />
  )
}
