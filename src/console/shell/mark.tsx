import icon from './icon.svg'

/** The product's mark and name. */
export function Mark({ bare = false }: { readonly bare?: boolean }) {
  return (
    <span className="mark">
      <img src={icon} alt={bare ? 'Rollcall' : ''} width={26} height={26} />
      {!bare && 'Rollcall'}
    </span>
  )
}
