import { Badge, type BadgeProps } from 'antd'
import { useTexts } from '../shell/language.tsx'
import { texts } from './texts.ts'

const colours: { readonly [status: string]: BadgeProps['status'] } = {
  UNACTIVE: 'default',
  ONLINE: 'success',
  OFFLINE: 'warning',
  DISABLE: 'error',
}

/** A device's status in words, with a colour in addition. */
export function Status({ of }: { readonly of: string }) {
  const words = useTexts(texts)
  return <Badge status={colours[of] ?? 'default'} text={words.status(of)} />
}
