import { Input, type InputProps, type InputRef } from 'antd'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'

/**
 * The field of a dialog that has the focus when it opens. A dialog is shown a moment after it is there, and where nothing
 * moves, `autoFocus` comes before that and is lost.
 */
export function FirstInput({ ref, ...props }: InputProps & { readonly ref?: Ref<InputRef> }) {
  const field = useRef<InputRef>(null)
  // A form puts the focus into what is wrong.
  useImperativeHandle(ref, () => field.current!)
  useEffect(() => {
    // What is not shown has no size, and can't have the focus.
    const shown = new ResizeObserver(() => {
      field.current?.focus()
      shown.disconnect()
    })
    shown.observe(field.current!.nativeElement!)
    return () => shown.disconnect()
  }, [])
  return <Input ref={field} {...props} />
}
