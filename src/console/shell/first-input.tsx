import { Input, type InputProps, type InputRef } from 'antd'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'

/**
 * The field that has the focus when a dialog opens. A dialog is displayed a moment after it is mounted; with
 * reduced motion, `autoFocus` runs before that and has no effect.
 */
export function FirstInput({ ref, ...props }: InputProps & { readonly ref?: Ref<InputRef> }) {
  const field = useRef<InputRef>(null)
  // A form moves the focus to its first error.
  useImperativeHandle(ref, () => field.current!)
  useEffect(() => {
    // A hidden element has no size and can't have the focus.
    const shown = new ResizeObserver(() => {
      field.current?.focus()
      shown.disconnect()
    })
    shown.observe(field.current!.nativeElement!)
    return () => shown.disconnect()
  }, [])
  return <Input ref={field} {...props} />
}
