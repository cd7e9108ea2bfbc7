package page

import (
	"fmt"
	"slices"
	"strings"
)

// The statuses a statement may have.
const (
	tested         = "tested"
	supported      = "supported"
	compatible     = "compatible"
	recommended    = "recommended"
	required       = "required"
	minimum        = "minimum"
	deprecated     = "deprecated"
	notRecommended = "not_recommended"
	notTested      = "not_tested"
	outOfSupport   = "out_of_support"
	incompatible   = "incompatible"
	planned        = "planned"
)

// What words say besides; no statement has these.
const (
	yes     = "yes"     // a mark: whatever the words around it ask
	assumed = "assumed" // compatible at best
	unclear = "unclear" // neither yes nor no
)

// statusTogether gives what the cues of one text say: tested before all other yeses,
// because a page that says both "tested" and "supported" means what it tested; then
// what is said first. A text that says yes and no says neither.
func statusTogether(cues []cue) string {
	status := ""
	for _, c := range cues {
		switch {
		case status == "":
			status = c.status
		case c.status == unclear || says(status)*says(c.status) < 0 && !lessens(status, c.status) && !lessens(c.status, status):
			return unclear
		case c.status == tested && says(status) > 0 && status != assumed && status != deprecated, lessens(c.status, status):
			status = c.status
		}
	}
	return status
}

// lessens reports whether a status takes something from a yes and leaves the rest.
func lessens(status, from string) bool {
	return says(from) > 0 && (status == notRecommended || from != notRecommended && (status == deprecated || status == assumed && from != deprecated))
}

// says tells a yes (1) from a no (-1) and from what is neither (0). What is planned is no yes now.
func says(status string) int {
	switch status {
	case "", unclear:
		return 0
	case notRecommended, notTested, outOfSupport, incompatible, planned:
		return -1
	}
	return 1
}

// Where words may stand, from the nearest outwards.
const (
	inRemark   = "remark beside it"
	inCell     = "cell"
	inHead     = "head of the column"
	inGroup    = "row above"
	inCaption  = "caption"
	inHeading  = "heading"
	inSentence = "sentence before it"
	inTitle    = "title"
)

// level is what the words at a place say of what stands there or below.
type level struct{ place, text, status string }

// markStatuses are what signs, letters and single words say in a cell.
var markStatuses = map[string]string{
	"✅": yes, "✓": yes, "✔": yes, "☑": yes, "yes": yes, "y": yes, "full": yes,
	"❌": incompatible, "✗": incompatible, "✘": incompatible, "✖": incompatible, "no": incompatible, "n": incompatible,
	"fail": incompatible, "failed": incompatible, "fails": incompatible, "ko": incompatible, "broken": incompatible, "blocked": incompatible,
	"⚠": unclear, "!": unclear, "?": unclear, "\ufffc": unclear, "nt": notTested,
}

// said reads what the words at a place say of what stands there or below.
func said(place, text string) level {
	cues := cuesIn(text, place != inSentence && place != inRemark)
	if place == inSentence {
		cues = slices.DeleteFunc(cues, func(c cue) bool { return c.others })
	}
	return level{place, text, statusTogether(cues)}
}

// markIn gives what the mark says that a cell begins with, and the words behind it.
func markIn(text string) (status, rest string) {
	text = strings.TrimSpace(text)
	first, rest, _ := strings.Cut(text, " ")
	if status = markStatuses[strings.ToLower(strings.Trim(first, ".,;:*"))]; status != "" && (rest == "" || len([]rune(first)) == 1 || strings.ContainsAny(first, ".,;:*") || rest[0] == '(') {
		return status, rest
	}
	for sign, status := range markStatuses { // one that stands to the words without a blank
		if sign[0] > '~' && strings.HasPrefix(text, sign) {
			return status, text[len(sign):]
		}
	}
	return "", text
}

// decide gives what levels say together, the nearest first: what the nearest says,
// unless that is a yes and a wider one denies it. Then nothing is stated, and why
// says what stands where.
func decide(levels []level) (status, why string) {
	i := slices.IndexFunc(levels, func(l level) bool { return l.status != "" })
	if i < 0 {
		return "", ""
	}
	nearest := levels[i]
	if nearest.status == unclear {
		return "", fmt.Sprintf("the %s %q says neither yes nor no of it: state it by hand", nearest.place, clip(nearest.text))
	}
	if says(nearest.status) < 0 {
		return denied(nearest, levels[i+1:]), ""
	}
	status = nearest.status
	said := nearest // what a mark asks
	for _, wider := range levels[i+1:] {
		switch {
		case says(wider.status) < 0:
			return "", fmt.Sprintf("the %s %q says that it holds, and the %s %q that it does not: state it by hand", nearest.place, clip(nearest.text), wider.place, clip(wider.text))
		case wider.status == unclear && (wider.place == inHead && nearest.place == inCell || wider.place == inSentence && nearest.place == inHeading):
			return "", fmt.Sprintf("the %s %q says neither yes nor no of it: state it by hand", wider.place, clip(wider.text))
		case status == yes && says(wider.status) > 0:
			status, said = wider.status, wider
		case wider.status == assumed, wider.status == deprecated, lifts(wider, said):
			status = wider.status
		}
	}
	switch status {
	case yes:
		status = supported
	case assumed:
		status = compatible
	}
	return status, ""
}

// denial says of a yes which of some levels denies it; empty where none does.
func denial(status string, levels []level) string {
	i := slices.IndexFunc(levels, func(l level) bool { return says(l.status) < 0 })
	if i < 0 || says(status) <= 0 {
		return ""
	}
	return fmt.Sprintf("it stands there as %s, and the %s %q says that it is not: state it by hand", strings.ReplaceAll(status, "_", " "), levels[i].place, clip(levels[i].text))
}

// denied gives what a no denies: below a head that asks what was tested, that it was.
func denied(nearest level, wider []level) string {
	if nearest.place == inCell && nearest.status == incompatible && len(wider) > 0 && wider[0].place == inHead {
		if mark, rest := markIn(nearest.text); mark != "" && rest == "" && wider[0].status == tested {
			return notTested
		}
	}
	return nearest.status
}

// lifts reports whether the sentence before it says of all that is listed that it was tested:
// pages print "supported" at the head beside what they say they tested. Words that
// say both tell the two apart.
func lifts(wider, nearest level) bool {
	if wider.status == recommended && wider.place == inSentence && nearest.status == required {
		return nearest.place == inHeading
	}
	return wider.status == tested && wider.place == inSentence && nearest.place != inCell && slices.Contains([]string{supported, compatible, required}, nearest.status) &&
		!slices.ContainsFunc(cuesIn(wider.text, false), func(c cue) bool { return c.status == supported })
}

// statusOf gives what a heading or a label says of what follows.
func statusOf(text string) string { return said(inHeading, text).status }
