package compat

// maxName bounds, in bytes, the texts that are looked up: 200 characters, each of
// which may take four.
const maxName = 4 * 200

// usualName is a size, in bytes, that nearly all of them fit into: a key of it
// stays off the heap.
const usualName = 64

// appendKey appends the spelling of a name under which it is found: lower case,
// without blanks, hyphens, underscores and dots. "SQL Server" and "sqlserver"
// are one name.
func appendKey(dst []byte, name string) []byte {
	for i := range len(name) {
		c := name[i]
		switch {
		case c >= 'A' && c <= 'Z':
			dst = append(dst, c+'a'-'A')
		case !isSkipped(c):
			dst = append(dst, c)
		}
	}
	return dst
}

// isSkipped reports whether a key leaves out c.
func isSkipped(c byte) bool { return c == ' ' || c == '-' || c == '_' || c == '.' || c == '\t' }

// names are the names a technology is found by.
func (t *Technology) names() []string { return append([]string{t.ID, t.Name}, t.Aliases...) }

// names are the names a product is found by.
func (p *Product) names() []string { return append([]string{p.ID, p.Name}, p.Aliases...) }

// key is the spelling of a name under which it is found.
func key(name string) string { return string(appendKey(nil, name)) }

// appendReleaseKey appends the spelling of a release under which it is found; dots
// and hyphens count.
func appendReleaseKey(dst []byte, name string) []byte {
	for i := range len(name) {
		c := name[i]
		switch {
		case c >= 'A' && c <= 'Z':
			dst = append(dst, c+'a'-'A')
		case c != ' ' && c != '\t':
			dst = append(dst, c)
		}
	}
	return dst
}
