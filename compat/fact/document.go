package fact

import (
	"hash/maphash"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// scanner reads a document as encoding/json writes it: with its members in the order of the
// fields, without blanks, its texts in ASCII and without escapes. Most are, and are read
// several times as fast as by the library. Of any other it only tells that it is one.
type scanner struct {
	text string
	at   int
	seen [1 << 14]string // texts of documents read before: most are in many of them
	kept strings.Builder
}

// scan reads a value; the boolean tells whether it could.
type scan func(*scanner, reflect.Value) bool

var (
	scanners = sync.Pool{New: func() any { return new(scanner) }}
	hashSeed = maphash.MakeSeed()
)

func scanOf(t reflect.Type) scan {
	switch t.Kind() {
	case reflect.String:
		return text((*scanner).shared)
	case reflect.Bool:
		return (*scanner).bool
	case reflect.Int:
		return (*scanner).int
	case reflect.Slice:
		return list(scanOf(t.Elem()))
	case reflect.Struct:
		return object(t)
	}
	return func(*scanner, reflect.Value) bool { return false }
}

// object reads a struct.
func object(t reflect.Type) scan {
	var names []string
	var values []scan
	for field := range t.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		names, values = append(names, strconv.Quote(name)+":"), append(values, scanOf(field.Type))
		if name == "id" { // which no other document has
			values[len(values)-1] = text((*scanner).own)
		}
	}
	return func(s *scanner, to reflect.Value) bool {
		before := "{"
		for i, name := range names {
			if start := s.at; !s.take(before) || !s.take(name) {
				s.at = start
				continue
			}
			if before = ","; !values[i](s, to.Field(i)) {
				return false
			}
		}
		return (before == "," || s.take("{")) && s.take("}")
	}
}

// list reads a slice.
func list(element scan) scan {
	return func(s *scanner, to reflect.Value) bool {
		to.Set(reflect.MakeSlice(to.Type(), 0, 1))
		for before := "["; s.take(before); before = "," {
			to.Grow(1)
			to.SetLen(to.Len() + 1)
			if !element(s, to.Index(to.Len()-1)) {
				return false
			}
		}
		return s.take("]")
	}
}

func (s *scanner) take(text string) bool {
	found := strings.HasPrefix(s.text[s.at:], text)
	if found {
		s.at += len(text)
	}
	return found
}

// text reads a string, which is kept in one way or another.
func text(keep func(*scanner, string) string) scan {
	return func(s *scanner, to reflect.Value) bool {
		if !s.take(`"`) {
			return false
		}
		rest, n := s.text[s.at:], 0
		for n < len(rest) && plain[rest[n]] {
			n++
		}
		if n == len(rest) || rest[n] != '"' {
			return false
		}
		to.SetString(keep(s, rest[:n]))
		s.at += n + 1
		return true
	}
}

// plain are the bytes that stand for themselves in a string.
var plain = func() (all [256]bool) {
	for c := byte(' '); c < utf8.RuneSelf; c++ {
		all[c] = c != '"' && c != '\\'
	}
	return all
}()

// shared is a text that is used again.
func (s *scanner) shared(text string) string {
	known := &s.seen[maphash.String(hashSeed, text)%uint64(len(s.seen))]
	if *known != text {
		*known = s.own(text)
	}
	return *known
}

// own is a copy of a text. Those of many documents stand in one piece of memory, which is two
// thirds of what they take by themselves.
func (s *scanner) own(text string) string {
	const piece = 1 << 14
	if s.kept.Cap()-s.kept.Len() < len(text) {
		s.kept = strings.Builder{}
		s.kept.Grow(max(piece, len(text)))
	}
	s.kept.WriteString(text)
	return s.kept.String()[s.kept.Len()-len(text):]
}

func (s *scanner) bool(to reflect.Value) bool {
	to.SetBool(s.take("true"))
	return to.Bool()
}

func (s *scanner) int(to reflect.Value) bool {
	start := s.at
	for s.at < len(s.text) && s.text[s.at] >= '0' && s.text[s.at] <= '9' {
		s.at++
	}
	n, err := strconv.Atoi(s.text[start:s.at])
	to.SetInt(int64(n))
	return err == nil && strconv.Itoa(n) == s.text[start:s.at]
}
