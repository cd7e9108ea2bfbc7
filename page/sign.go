package page

import (
	"path"
	"slices"
	"strings"
	"sync"
)

// The signs that stand for whatever a page draws.
const (
	yesSign     = "✅"
	noSign      = "❌"
	perhapsSign = "⚠"
)

// drawn makes signs of characters, and leaves out those that say nothing.
var drawn = strings.NewReplacer("✓", yesSign, "✔", yesSign, "☑", yesSign, "●", yesSign, "🟢", yesSign, "🟩", yesSign, "👍", yesSign, "🆗", yesSign, "√", yesSign,
	"✗", noSign, "✘", noSign, "✖", noSign, "☒", noSign, "❎", noSign, "🔴", noSign, "🟥", noSign, "🚫", noSign, "⛔", noSign, "👎", noSign, "⨯", noSign, "╳", noSign,
	"🟡", perhapsSign, "🟠", perhapsSign, "🟨", perhapsSign, "🟧", perhapsSign, "🔶", perhapsSign, "◐", perhapsSign, "◑", perhapsSign, "🚧", perhapsSign, "❗", perhapsSign,
	"™", "", "®", "", "℠", "", "\ufe0e", "", "\ufe0f", "", "↩", "")

// What words of alternative texts, names of files, emoji codes and classes of icons mean besides signs.
const (
	filler  = "" // nothing
	notWord = "not"
	green   = "green" // colours count where no other word does
	red     = "red"
	amber   = "amber"
)

// signWords say what those words mean.
var signWords = sync.OnceValue(func() map[string]string {
	words := map[string]string{}
	for meaning, listed := range map[string]string{
		yesSign:     "check checked checkmark checkbox tick ticked yes y ok okay true supported available success thumbsup",
		noSign:      "cross crossed crossmark x xmark no n times ban banned false unsupported unavailable remove fail failed failure error danger stop close cancel thumbsdown",
		perhapsSign: "warning warn exclamation partial partially limited caution alert",
		notWord:     "not",
		green:       "green",
		red:         "red",
		amber:       "yellow orange amber",
		filler: "icon icons mark sign circle dot ball square squared box ballot with bullet light heavy white black large small big bold solid outline regular filled alt o fa fas far fab fw bi mdi md " +
			"material octicon octicons fontawesome glyphicon emoji svg png gif img image images status symbol button negative multiplication entry fill line round color class name",
	} {
		for _, w := range strings.Fields(listed) {
			words[w] = meaning
		}
	}
	return words
})

var (
	// signWord is a word of those: "whiteCheck_mark-16" has four.
	signWord = compiled(`[A-Z]?[a-z]+|[A-Z]+|[^\x00-\x7f]+`)
	// humps are where one word of a name begins behind another: "XIcon".
	humps = compiled(`([A-Z])([A-Z][a-z])`)
	// logo is a picture that says nothing of what stands beside it.
	logo = compiled(`(?i)logo|badge|shields`)
)

// signOf gives the sign that words stand for, or none: where all of them are known, or,
// of a class of icons, where some are.
func signOf(text string, some bool) string {
	said := map[string]bool{}
	text = humps().ReplaceAllString(text, "$1 $2")
	for _, w := range signWord().FindAllString(text, 12) {
		meaning, known := signWords()[strings.ToLower(w)]
		if !known && !some {
			return ""
		}
		said[meaning] = true
	}
	switch {
	case said[noSign] && said[yesSign] && !said[notWord], said[yesSign] && said[red]:
		return ""
	case said[noSign], said[notWord] && said[yesSign]:
		return noSign
	case said[perhapsSign]:
		return perhapsSign
	case said[yesSign]:
		return yesSign
	case said[red]:
		return noSign
	case said[amber]:
		return perhapsSign
	case said[green]:
		return yesSign
	}
	return ""
}

// picture is one that stands in words.
type picture struct {
	alt, title, file, class string
	at                      int // in the source
}

// sign gives the sign that a picture is, or none.
func (p picture) sign() string {
	base := path.Base(p.file)
	for _, t := range []string{p.alt, p.title, strings.TrimSuffix(base, path.Ext(base))} {
		if s := signOf(t, false); s != "" {
			return s
		}
	}
	return signOf(p.class, true)
}

// beside gives what a picture that is no sign says beside words: nothing, where it shows
// what they name or is called a logo; what it is called, where that may be a status or
// nothing else is there; or else that it is not known.
func (p picture) beside(text string) string {
	alt := strings.TrimSpace(p.alt + " " + p.title)
	switch names := slices.ContainsFunc(signWord().FindAllString(p.alt+" "+path.Base(p.file), 12), func(w string) bool {
		return len(w) > 2 && strings.Contains(strings.ToLower(text), strings.ToLower(w))
	}); {
	case logo().MatchString(p.alt + p.file), names:
		return ""
	case alt != "" && len(strings.Fields(alt)) < 5 && (text == "" || mayState(alt)):
		return alt
	case alt != "" && text != "":
		return ""
	}
	return unknownSign
}
