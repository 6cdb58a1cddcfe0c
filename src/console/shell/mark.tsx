import icon from './icon.svg'

/** The product's mark and name. */
export function Mark({ bare = false }: { readonly bare?: boolean }) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 10, fontSize: 17, fontWeight: 600 }}>
      <img src={icon} alt={bare ? 'Rollcall' : ''} width={26} height={26} />
      {!bare && 'Rollcall'}
    </span>
  )
}
