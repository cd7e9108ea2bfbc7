// Package message has the texts that people read, by identity, in the languages that
// there are: the files of en, one a room, in ICU MessageFormat. What vendors and catalogues
// print is no message: it stands in one as it is.
package message

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

//go:embed en/*.properties
var files embed.FS

// English has every message; what another language lacks is said in it. Its messages are
// read when they are said: read at the start, all of them took 2 ms and 1.8 MB.
var English = must(read(language.English, joined("en"), true))

// ID is the place of a message, found once by its identity.
type ID int

// places are those of the messages, from 1.
var places = make(map[string]ID, 1600)

// Find gives the place of a message of that identity; 0 where there is none.
func Find(identity string) ID { return places[identity] }

// Language says messages in one language. Nil is English. It is safe for concurrent use.
type Language struct {
	messages       []entry // by their places
	tag            language.Tag
	comma, and, or string // between the members of a list, and the last two of them
}

// entry is a message as it stands in its file, and what was read of it.
type entry struct {
	text string // empty where there is none
	read atomic.Pointer[pattern]
}

// pattern is a message, or a part of one, as its parts in their order.
type pattern []part

// part is a text and the value that follows it.
type part struct {
	text    string
	value   int // place of the value; -1 without one
	plural  bool
	choices []choice // the texts to choose from by the value; none for the value itself
	none    pattern  // what is chosen where there is no value
}

// choice is what is said for a value or a plural form; the last one has no key.
type choice struct {
	key string
	say pattern
}

// Read reads the messages of a language, one "identity = text" a line as in Java's properties,
// where "\" continues a line, "\n" is a line break and "#" begins a comment.
func Read(tag language.Tag, text string) (*Language, error) { return read(tag, text, false) }

func read(tag language.Tag, text string, define bool) (*Language, error) {
	l, before := &Language{tag: tag, messages: make([]entry, 1+len(places), 1+len(places)+strings.Count(text, "\n"))}, ""
	for line := range strings.Lines(text) {
		line, more := strings.CutSuffix(before+strings.TrimSpace(line), "\\")
		if before = ""; more {
			before = line
		}
		if more || line == "" || line[0] == '#' {
			continue
		}
		identity, said, _ := strings.Cut(line, "=")
		identity, said = strings.TrimSpace(identity), strings.TrimSpace(said)
		if define && places[identity] == 0 {
			places[identity], l.messages = ID(len(l.messages)), append(l.messages, entry{})
		}
		id := Find(identity)
		if id == 0 || l.messages[id].text != "" {
			return nil, fmt.Errorf("message %s is there twice, or not in English", identity)
		}
		if l.messages[id].text = said; define {
			continue
		}
		if _, err := parse(said); err != nil {
			return nil, fmt.Errorf("message %s: %w", identity, err)
		}
	}
	l.comma, l.and, l.or = l.between("list.middle"), l.between("list.and"), l.between("list.or")
	return l, nil
}

// parse reads the text of a message.
func parse(text string) (pattern, error) {
	r := reader{text: escapes.Replace(text)}
	say := r.pattern()
	if len(say) == 0 { // where a reason is empty there is none
		r.err = "it says nothing"
	}
	if r.err != "" || r.text != "" {
		return nil, fmt.Errorf("%s before %q", r.err, r.text)
	}
	return say, nil
}

// escapes are the two of Java's properties that messages use.
var escapes = strings.NewReplacer(`\\`, `\`, `\n`, "\n")

// between is what a message has between its two values.
func (l *Language) between(identity string) string {
	if say, err := parse(l.messages[Find(identity)].text); err == nil && len(say) > 1 {
		return say[1].text
	}
	return ", "
}

// joined gives the files of a language as one.
func joined(folder string) string {
	var all strings.Builder
	all.Grow(128 << 10) // about as long as English is
	for _, name := range must(fs.Glob(files, folder+"/*")) {
		all.Write(must(files.ReadFile(name)))
	}
	return all.String()
}

// must panics where what is built in cannot be read.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// forms are the plural forms as messages call them.
var forms = [...]string{plural.Other: "other", plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many"}

// Text is a message with its values, each text or number as it is to be read.
func (l *Language) Text(identity string, values ...string) string {
	l, say := l.find(Find(identity))
	for len(say) == 1 && say[0].text == "" && say[0].choices != nil {
		say = say[0].choose(l, values[say[0].value])
	}
	switch {
	case len(say) == 1 && say[0].value < 0:
		return say[0].text
	case len(say) == 1 && say[0].text == "":
		return values[say[0].value]
	}
	return string(l.append(nil, say, &args{values: values}))
}

// Append appends a message to dst.
func (l *Language) Append(dst []byte, id ID, values ...string) []byte {
	l, say := l.find(id)
	return l.append(dst, say, &args{values: values})
}

// AppendList appends a message whose first value is a list, and the second its length.
func (l *Language) AppendList(dst []byte, id ID, list []string, values ...string) []byte {
	all := [8]string{1: strconv.Itoa(len(list))}
	n := copy(all[2:], values)
	l, say := l.find(id)
	return l.append(dst, say, &args{all[:2+n], list})
}

// find gives a message, in English where the language lacks it.
func (l *Language) find(id ID) (*Language, pattern) {
	if l == nil || l.messages[id].text == "" {
		l = English
	}
	say := l.messages[id].read.Load()
	if say == nil { // which a test has read, of English
		read, _ := parse(l.messages[id].text)
		say = &read
		l.messages[id].read.Store(say)
	}
	return l, *say
}

// args are the values of a message; the first is the list, where there is one.
type args struct{ values, list []string }

func (l *Language) append(dst []byte, say pattern, a *args) []byte {
	for i := range say {
		p := &say[i]
		if p.text != "" {
			dst = append(dst, p.text...)
		}
		switch {
		case p.value < 0:
		case p.choices == nil && (p.value > 0 || a.list == nil):
			dst = append(dst, a.values[p.value]...)
		case p.choices == nil:
			dst = appendList(dst, a.list, l.comma, l.and)
		default:
			if chosen := p.choose(l, a.values[p.value]); len(chosen) > 0 {
				dst = l.append(dst, chosen, a)
			}
		}
	}
	return dst
}

// choose gives the text for a value: that of the value itself, which is called "none" where it
// is empty, of the plural form of a number by the rules of CLDR, or of others.
func (p *part) choose(l *Language, value string) pattern {
	if value == "" {
		return p.none
	}
	if p.plural {
		if say := p.of("=" + value); say != nil {
			return say
		}
		n, err := strconv.Atoi(value)
		if value = "other"; err == nil {
			value = forms[plural.Cardinal.MatchPlural(l.tag, n, 0, 0, 0, 0)]
		}
	}
	if say := p.of(value); say != nil {
		return say
	}
	return p.choices[len(p.choices)-1].say
}

// of gives the text of a key; nil where it has none.
func (p *part) of(key string) pattern {
	for i := range p.choices {
		if c := &p.choices[i]; c.key == key {
			return c.say
		}
	}
	return nil
}

func appendList(dst []byte, list []string, between, last string) []byte {
	for i, text := range list {
		switch {
		case i > 0 && i == len(list)-1:
			dst = append(dst, last...)
		case i > 0:
			dst = append(dst, between...)
		}
		dst = append(dst, text...)
	}
	return dst
}

// And joins texts as a sentence does: "a, b and c".
func (l *Language) And(list []string) string {
	if l = cmp.Or(l, English); len(list) == 1 {
		return list[0]
	}
	return string(appendList(nil, list, l.comma, l.and))
}

// List joins the texts that are not empty as members of a list: "a, b, c".
func (l *Language) List(all ...string) string {
	all = slices.DeleteFunc(slices.Clone(all), func(text string) bool { return text == "" })
	return strings.Join(all, cmp.Or(l, English).comma)
}

// Tag names the language, as pages do: "en".
func (l *Language) Tag() string { return cmp.Or(l, English).tag.String() }

// Or joins texts that are to choose from: "a or b or c".
func (l *Language) Or(list []string) string { return strings.Join(list, cmp.Or(l, English).or) }

// Said is a message that is said later, in the language of whoever is told. It may be an
// error, which speaks English.
type Said struct {
	ID     string
	Values []any // texts, numbers, messages, or what has a text
}

// Of is a message with its values.
func Of(id string, values ...any) Said { return Said{id, values} }

// Error is the message in English.
func (s Said) Error() string { return English.Say(s) }

// Say is the text of a message; empty of none.
func (l *Language) Say(s Said) string {
	if s.ID == "" {
		return ""
	}
	values := make([]string, len(s.Values))
	for i, value := range s.Values {
		if nested, ok := value.(Said); ok {
			value = l.Say(nested)
		}
		values[i] = fmt.Sprint(value)
	}
	return l.Text(s.ID, values...)
}
