package mapping

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/seed/sheet"
)

// part is a value in a document.
type part struct {
	*sheet.Data
	key    string // that it has; empty in a list
	within *part  // what a rule names; nil for the document
}

// steps are a path of RFC 9535 without descents ("..") and slices, which would let a short path
// visit a document many times over.
type steps []step

// step goes from a value to some of those in it.
type step struct {
	names []string // of these names
	index int      // or of this number; -1 for none
	// Or to all; to those, where there is a filter, in which it finds something that is, or is
	// not, the text. An empty sign asks for no text.
	filter     steps
	sign, text string
	without    bool // to those in which it finds nothing
}

const (
	word   = `[\pL_][\pL\d_]*`
	quoted = `'[^']*'`
)

// ownKey is the value that is the key of a part.
const ownKey = "$~"

// stepForm is a step as it is written.
var stepForm = str.Regexp(`^(?:\.(\*|` + word + `)|\[(?:(\*)|(\d{1,6})|(` + quoted + `(?:\s*,\s*` + quoted + `)*)|\?(!?)@((?:\.` + word + `|\[` + quoted + `\]|\[\*\])+)(?:\s*(==|!=)\s*(` + quoted + `))?)\])`)

// pathOf is the path that a value is; nil where it is none.
func pathOf(value string) (steps, error) {
	rest, is := strings.CutPrefix(strings.TrimLeft(value, "^"), "$")
	if !is || rest == ownKey[1:] {
		return nil, nil
	}
	p := steps{}
	for rest != "" {
		m := stepForm().FindStringSubmatch(rest)
		if m == nil {
			return nil, fmt.Errorf("%q is no path from %q on; its steps are .name, ['name', 'other'], [*], [0], [?@.name == 'text'] and [?!@.name]", value, rest)
		}
		rest = rest[len(m[0]):]
		s := step{index: -1, without: m[5] != "", sign: m[7], text: strings.Trim(m[8], "'")}
		switch {
		case m[1] != "" && m[1] != "*":
			s.names = []string{m[1]}
		case m[3] != "":
			s.index, _ = strconv.Atoi(m[3])
		case m[4] != "":
			for _, name := range regexp.MustCompile(quoted).FindAllString(m[4], -1) {
				s.names = append(s.names, strings.Trim(name, "'"))
			}
		case m[6] != "":
			s.filter, _ = pathOf("$" + m[6])
		}
		p = append(p, s)
	}
	return p, nil
}

// find gives what a path finds in a value, in the order of the document.
func (p steps) find(in part) []part {
	found := []part{in}
	for _, s := range p {
		var next []part
		for _, f := range found {
			for i, item := range f.Items {
				key := ""
				if f.Keys != nil {
					key = f.Keys[i]
				}
				if s.takes(f, i, part{Data: item, key: key}) {
					next = append(next, part{Data: item, key: key})
				}
			}
		}
		found = next
	}
	return found
}

// takes reports whether a step leads to an item of a value.
func (s *step) takes(from part, i int, item part) bool {
	switch {
	case s.names != nil:
		return from.Keys != nil && slices.Contains(s.names, item.key)
	case s.index >= 0:
		return from.Keys == nil && i == s.index
	case s.filter == nil:
		return true
	}
	found := s.filter.find(item)
	if s.sign == "" {
		return len(found) > 0 != s.without
	}
	return !s.without && len(found) == 1 && (found[0].Text == s.text) == (s.sign == "==")
}
