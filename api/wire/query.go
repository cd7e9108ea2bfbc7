package wire

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/testedon/testedon/compat/fact"
)

// maxValue is how many characters one value may have.
const maxValue = 200

// ReadQuery hands each parameter of a raw query string to set, in order. It
// reads the string itself: a map of lists for each request costs more than the
// rest of the reading.
func ReadQuery(raw string, set func(name, value string) error) error {
	for raw != "" {
		var pair string
		pair, raw, _ = strings.Cut(raw, "&")
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name, err := Unescape(name, "query")
		if err != nil {
			return err
		}
		if value, err = Unescape(value, name); err != nil {
			return err
		}
		if err := set(name, value); err != nil {
			return err
		}
	}
	return nil
}

// CutQuery takes parameters out of a raw query string, which is given in two.
func CutQuery(raw string, params ...Param) (rest, own string) {
	if !strings.Contains(raw, "%") && !slices.ContainsFunc(params, func(p Param) bool { return strings.Contains(raw, p.Name) }) {
		return raw, ""
	}
	var others, cut []string
	names := NamesOf(params)
	for pair := range strings.SplitSeq(raw, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if plain, err := Unescape(name, name); err == nil && slices.Contains(names, plain) {
			cut = append(cut, pair)
		} else {
			others = append(others, pair)
		}
	}
	return strings.Join(others, "&"), strings.Join(cut, "&")
}

// Unescape decodes one side of a parameter; field names it in the error. Nearly
// none has an escape other than the sign for a blank.
func Unescape(text, field string) (string, error) {
	if strings.IndexByte(text, '%') < 0 {
		return strings.ReplaceAll(text, "+", " "), nil
	}
	plain, err := url.QueryUnescape(text)
	if err != nil {
		return "", fact.Refuse(Quotable(field), "parameter.escape", Quotable(field))
	}
	return plain, nil
}

// CheckText reports a value that is empty or that no name or version can be.
func CheckText(field, value string) error {
	if value != "" && len(value) <= maxValue && value[0] != ' ' && plainRun(value, 0) == len(value) && strings.IndexByte(value, '\x7f') < 0 {
		return nil // it is short ASCII and needs no closer look, as nearly all are
	}
	long := len(value) > maxValue && utf8.RuneCountInString(value) > maxValue
	switch {
	case strings.TrimSpace(value) == "":
		return fact.Refuse(field, "value.empty", field)
	case long:
		return fact.Refuse(field, "value.long", field, maxValue).Advise("value.shorten")
	case !utf8.ValidString(value):
		return fact.Refuse(field, "value.encoding", field)
	case strings.ContainsFunc(value, Unprintable):
		return fact.Refuse(field, "value.control", field)
	}
	return nil
}

// Unprintable reports whether a character is a control character, or one of the two that no text
// has and XML refuses.
func Unprintable(r rune) bool { return unicode.IsControl(r) || r == 0xfffe || r == 0xffff }

// SetOnce stores the value of a parameter that may be given only once.
func SetOnce(target *string, field, value string) error {
	if *target != "" {
		return MoreThanOnce(field)
	}
	*target = value
	return CheckText(field, value)
}

// MoreThanOnce reports a parameter that repeats and may not.
func MoreThanOnce(field string) error {
	return fact.Refuse(field, "parameter.twice", field)
}

// Unknown reports a name that means nothing here, of a parameter, a field, a format or a kind;
// known are those that do.
func Unknown(what, name string, known []string) *fact.Error {
	e := fact.Refuse(Quotable(name), "name.unknown", what, strconv.Quote(Quotable(name)))
	e.Candidates = fact.Closest(name, known)
	switch {
	case len(e.Candidates) > 0:
		return e.Advise("hint.did_you_mean", e.Candidates[0])
	case len(known) > 0:
		return e.Advise("hint.known", strings.Join(known, ", "))
	}
	return e.Advise("hint.none")
}

// Quotable is a name from outside made fit to be repeated in a message.
func Quotable(name string) string {
	clean := strings.Map(func(r rune) rune {
		if Unprintable(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, "\uFFFD"))
	const most = 40
	if utf8.RuneCountInString(clean) > most {
		return string([]rune(clean)[:most]) + "…"
	}
	return clean
}
