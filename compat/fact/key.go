package fact

// MaxName bounds, in bytes, the texts that are looked up: 200 characters, each of
// which may take four.
const MaxName = 4 * 200

// UsualName is a size, in bytes, that nearly all of them fit into: a key of it
// stays off the heap.
const UsualName = 64

// AppendKey appends the spelling of a name under which it is found: lower case,
// without blanks, hyphens, underscores and dots. "SQL Server" and "sqlserver"
// are one name.
func AppendKey(dst []byte, name string) []byte {
	for i := range len(name) {
		c := name[i]
		switch {
		case c >= 'A' && c <= 'Z':
			dst = append(dst, c+'a'-'A')
		case !IsSkipped(c):
			dst = append(dst, c)
		}
	}
	return dst
}

// IsSkipped reports whether a key leaves out c.
func IsSkipped(c byte) bool { return c == ' ' || c == '-' || c == '_' || c == '.' || c == '\t' }

// Key is the spelling of a name under which it is found.
func Key(name string) string { return string(AppendKey(nil, name)) }

// AppendReleaseKey appends the spelling of a release under which it is found; dots
// and hyphens count.
func AppendReleaseKey(dst []byte, name string) []byte {
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
