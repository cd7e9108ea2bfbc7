package portal

import (
	"cmp"
	_ "embed" // the trackers
	"errors"
	"net/url"
	glob "path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// pageParams are the parameters of an address that people pass on. What it has besides was
// added on its way, by mail, networks, searches and caches, and asks for nothing.
type pageParams struct {
	names []string
	// question says that it asks about an environment: then the names of kinds are among
	// them, and there is no answer where a part of the question may have got lost.
	question bool
	pasted   bool     // no form sends it: a value that is empty has got lost
	idle     []string // may be there, and mean nothing
}

// questionParams are those of a question, with further names.
func questionParams(further ...string) pageParams {
	return pageParams{names: slices.Concat(question.Fields, question.ResourceFields, further), question: true}
}

// address is what a request for an address that people pass on brings.
type address struct {
	wire.Input
	unread []string        // the parameters that are not understood, of which an answer tells and every other page
	moment question.Moment // that the request asks about
	idle   bool            // a form sent fields that are empty
	stray  *fact.Error     // a parameter that is not taken and may have been meant for one; nil where there is none
}

// maxIdle is how many parameters of an address may mean nothing.
const maxIdle = 32

// errNoParameter is the cause of a problem whose field is a parameter that does not exist.
var errNoParameter = errors.New("there is no such parameter")

// readShared reads the query of an address that people pass on. A form sends fields that
// are empty, which ask for nothing. A name that means nothing is passed over; where it
// comes near to one that does, stray of the address says so. One that nobody is known to
// add to addresses is kept as not understood.
func readShared(v *question.View, raw string, p pageParams) (in address, err error) {
	values, idle := url.Values{}, 0
	for pair := range strings.SplitSeq(raw, "&") {
		name, text, _ := strings.Cut(pair, "=")
		name = unescaped(name)
		field := takes(v, p, name)
		switch {
		case field != "":
			value, err := wire.Unescape(text, name)
			if err != nil {
				return in, err
			}
			if strings.TrimSpace(value) != "" {
				values[field] = append(values[field], value)
			} else if p.pasted {
				return in, wire.CheckText(field, value)
			} else {
				in.idle = true
			}
		case idle == maxIdle:
			return in, fact.Refuse("query", "portal.address.idle", maxIdle)
		default:
			idle++
			stray := strayed(v, p, name, unescaped(text))
			if stray == nil && name != "" && !slices.Contains(p.idle, name) && !isTracker(name) {
				in.unread = eachOnce(append(in.unread, wire.Quotable(name)))
			}
			in.stray = cmp.Or(in.stray, stray)
		}
	}
	in.Query = values
	return in, nil
}

// unescaped decodes a side of a parameter that may mean nothing; as it is, where it cannot
// be decoded.
func unescaped(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}

// shared reads the query of a request for an address that people pass on.
func shared(v *question.View, c wire.Context, p pageParams) (in address, err error) {
	in, err = readShared(v, c.Request().URL.RawQuery, p)
	in.Context, in.moment = c, v.Moment
	return in, err
}

// shownAt is the path of the request with what it asks for, and about which moment: what means nothing is left
// out, and the order is always the same.
func (in address) shownAt() string {
	query := strings.TrimPrefix(url.Values(in.Query).Encode()+in.moment.Query(), "&")
	return strings.TrimSuffix(in.Request().URL.EscapedPath()+"?"+query, "?")
}

// withoutIdle is the address of the request without what a form leaves empty.
func (in address) withoutIdle() string {
	target := in.Request().URL
	pairs := slices.DeleteFunc(strings.Split(target.RawQuery, "&"), func(pair string) bool {
		_, value, _ := strings.Cut(pair, "=")
		return strings.TrimSpace(unescaped(value)) == ""
	})
	query := strings.TrimPrefix(strings.Join(pairs, "&")+in.moment.Query(), "&")
	return strings.TrimSuffix("/"+strings.Trim(target.EscapedPath(), "/")+"?"+query, "?")
}

// takes gives the name under which a parameter is kept; empty where it is not taken. All
// names of a kind are one.
func takes(v *question.View, p pageParams, name string) string {
	if slices.Contains(p.names, name) {
		return name
	}
	if k := v.Kind(name); k != nil && p.question {
		return v.Word(k.ID)
	}
	return ""
}

// strayed tells of a parameter that is not taken and comes near to some that are; nil
// where it comes near to none.
func strayed(v *question.View, p pageParams, name, value string) *fact.Error {
	if strings.TrimSpace(value) == "" || slices.Contains(p.idle, name) {
		return nil
	}
	known := slices.Concat(p.names, wire.NamesOf(question.MomentParams)) // which are taken out before, as written
	if p.question {
		known = slices.Concat(known, wire.KeptOf(v, "names of kinds", kindNames))
	}
	near := slices.DeleteFunc(slices.Clone(known), func(k string) bool { return !isNear(v, name, value, k) })
	kind := wire.KeptOf(v, "kinds of technologies", kindsOfNames)[strings.ToLower(name)]
	e := wire.Unknown("parameter", name, near)
	e.Cause = errNoParameter
	switch {
	case len(near) > 0:
		e.Candidates = eachOnce(append(e.Candidates, near...))
		e = e.Advise("hint.did_you_mean", e.Candidates[0])
	case p.question && kind != "":
		e = e.Advise("portal.address.value", v.Word(kind)+"="+wire.Quotable(name+" "+value))
	default:
		return nil
	}
	return e
}

// isNear reports whether a name may have been meant for a known one: it has it as a word,
// as in os[], os_1 and osVersion, or is a few slips away. A name of two letters is a slip
// away from many that mean nothing: it has to begin the other, or the value tells.
func isNear(v *question.View, name, value, known string) bool {
	const short = 2
	words, k := wordsIn(name), v.Kind(known)
	switch {
	case len(known) < short:
		return false
	case slices.Contains(words, known):
		return true
	case len(known) > short:
		_, near := compat.Slips(strings.Join(words, ""), known)
		return near
	case len(fact.Closest(name, []string{known})) == 0 || k == nil:
		return false
	}
	return strings.HasPrefix(strings.ToLower(name), known) || v.Resolve(compat.Asked{Kind: k.ID, Text: value}).Technology != nil
}

var hump = regexp.MustCompile(`([a-z0-9])([A-Z])`)

// wordsIn gives the words of a name, in small letters and without the number at the end.
func wordsIn(name string) []string {
	words := strings.FieldsFunc(strings.ToLower(hump.ReplaceAllString(name, "$1 $2")), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return wire.Each(words, func(word string) string {
		if bare := strings.TrimRightFunc(word, unicode.IsDigit); bare != "" {
			return bare
		}
		return word
	})
}

// kindNames are all names of all kinds.
func kindNames(v *question.View) (names []string) {
	for _, id := range v.KindIDs {
		names = append(append(names, id), v.Kind(id).Aliases...)
	}
	return names
}

// kindsOfNames gives the kind of each name of a technology, in small letters, that is long
// enough to be nothing else.
func kindsOfNames(v *question.View) map[string]string {
	const shortest = 3
	kinds := map[string]string{}
	for _, t := range v.Technologies("", "") {
		for _, name := range append([]string{t.ID, t.Name}, t.Aliases...) {
			if len(name) >= shortest {
				kinds[strings.ToLower(name)] = t.Kind
			}
		}
	}
	return kinds
}

//go:embed trackers.txt
var trackersText string

// trackers are the names and patterns of trackers.txt.
var trackers = readTrackers(trackersText)

func readTrackers(text string) (all []string) {
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "#") {
			all = append(all, strings.Fields(line)...)
		}
	}
	return all
}

// isTracker reports whether a parameter was added to an address on its way, and
// asks for nothing. A name without a letter is a cache buster.
func isTracker(name string) bool {
	name = strings.ToLower(name)
	if !strings.ContainsFunc(name, func(c rune) bool { return c < '0' || c > '9' }) {
		return true
	}
	for _, pattern := range trackers {
		if ok, err := glob.Match(pattern, name); ok && err == nil {
			return true
		}
	}
	return false
}
