package page

import (
	"slices"
	"strings"
)

// What versions as printed are made of.
const (
	number = `v?\d[\w.]*(?:-[a-z]\w*)?\*?`
	// level is what may stand behind a number and belongs to it.
	numberLevel = `(?:\s(?:sp|r|u|update|cu|patch|rc)\s?\d+\w*|\s\(?(?:lts|ltsc|ga|esr)\)?)*`
	orMore      = `(?:later|newer|higher|above|greater|more|up|upwards?|onwards?|beyond|latest)`
	orLess      = `(?:earlier|older|lower|below|less)`
)

var (
	// firstVersion is a version that a text begins with: its bound before it, the number, and its bound behind it.
	firstVersion = compiled(`(?i)^[\s(:]*(?:(?:versions|releases?|ver\.?)\s+)?(version\s+)?(?:(between|from|at least|a minimum of|minimum(?: of)?|min\.?|starting (?:with|from)|up to(?: and including)?|since|[~≥≤><=]{1,2})\s*)?(?:(?:versions?|releases?)\s+)?(` + number + numberLevel + `)(?:(\+)|,?\s+(?:(?:or|and)\s+)?(` + orMore + `|` + orLess + `)\b(?:\s+(?:versions?|releases?)\b)?)?`)
	// lastVersion is the other end of a span.
	lastVersion = compiled(`(?i)^(?:(\s*[–—-]\s*|\s*\.\.\s*|\s+to\s+)|\s+(→|through|thru|up to(?: and including)?|and|until)\s+)(` + number + numberLevel + `)`)
	// moreVersions is what stands between versions of one list.
	moreVersions = compiled(`(?i)^\s*(?:,\s*(?:and|or|&)?|\band\b|\bor\b|&|/)\s*`)
	// measured is what follows a number that is no version.
	measured = compiled(`(?i)^\s*(?:[kmgt]i?b|cores?|v?cpus?|%|x|times|minutes?|hours?|days?|months?|years?|ms|database|instances?|threads?|users?|nodes?|bits?|-bit|ports?)\b`)
)

// versionAt reads the version that a text begins with, and gives where it ends; 0 where
// there is none. A bound that stands in other words than catalogues read is given by signs.
func versionAt(t string) (version string, from, end int) {
	m := firstVersion().FindStringSubmatchIndex(t)
	if m == nil || measured().MatchString(t[m[7]:]) {
		return "", 0, 0
	}
	part := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return t[m[2*i]:m[2*i+1]]
	}
	before, low, after := strings.ToLower(part(2)), strings.TrimRight(part(3), "."), strings.ToLower(part(5))
	from, end = m[6], m[6]+len(low)
	if m[1] > m[7] {
		end = m[1]
	}
	for _, i := range []int{4, 2} {
		if m[i] >= 0 {
			from = m[i]
		}
	}
	n := lastVersion().FindStringSubmatchIndex(t[m[7]:])
	if n != nil && n[4] >= 0 && strings.EqualFold(t[m[7]+n[4]:m[7]+n[5]], "and") && before != "between" {
		n = nil
	}
	switch {
	case n != nil && m[1] == m[7] && !measured().MatchString(t[m[7]+n[1]:]):
		high := strings.TrimRight(t[m[7]+n[6]:m[7]+n[7]], ".")
		end = m[7] + n[6] + len(high)
		if n[2] >= 0 && before == "" {
			return strings.TrimSpace(t[from:end]), from, end
		}
		return ">=" + plainNumber(low) + " <=" + plainNumber(high), from, end
	case before == "between":
		return "", 0, 0
	case strings.HasPrefix(before, "up to"):
		return "up to " + low, from, end
	case isOneOf(after, "earlier|older|lower|below|less"):
		return "<=" + plainNumber(low), from, end
	case before != "" && !strings.ContainsAny(before, "~≥≤><="):
		return ">=" + plainNumber(low), from, end
	case after != "" && !isOneOf(after, "later|newer|higher|above|greater|up"):
		return low + " or later", from, end
	case after != "":
		version, _, _ = strings.Cut(t[from:end], " version")
		version, _, _ = strings.Cut(version, " release")
		return version, from, end
	}
	return strings.TrimSpace(t[from:end]), from, end
}

// plainNumber is a version without the letter before it.
func plainNumber(v string) string { return strings.TrimSpace(strings.TrimLeft(v, "vV")) }

// remarks are words that begin what has to be true besides.
var remarkWords = compiled(`(?i)^(?:with|on|for|using|except|excluding|including|when|if|via|without|only|running|requires?|since|until|see|through|as of|not|and the|from|in|deprecated|removed|experimental|supported|tested|untested|unsupported|recommended|all|any|build|os build|compatibility)\b|\bonly\b`)

// isRemark reports whether words in brackets are a condition, or say what holds.
func isRemark(inside string) bool {
	if remarkWords().MatchString(inside) || len(ending.in(spokenIn(inside), false, 1)) > 0 {
		return true
	}
	cues := cuesIn(inside, false)
	if len(cues) > 0 {
		return true // "8u202 recommended"
	}
	return edition().MatchString(inside) && !harmlessRemark().MatchString(inside)
}

// remarkTail is a remark behind a version that no brackets set apart.
var remarkTail = compiled(`(?i)\s((?:with(?: the)?|on|for|using|except|excluding|including|when|if|via|without|running|only|under|in the|requires?)\s+\S.*|only|(?:32|64)[ -]?bits?(?: only)?|ltsc)$`)

var (
	// lineTail names the line of releases that a version is of, or is its nickname.
	lineTail = compiled(`(?i)\s(?:esr|ga|"[^"]*")$`)
	// edition is a remark of a few letters.
	edition = compiled(`^[A-Za-z]{1,3}$`)
)

// trimmed cuts the remarks off a version as printed.
func trimmed(version string) (rest, when string) {
	var all []string
	rest = strings.Replace(version, " with SP", " SP", 1)
	for {
		rest = strings.TrimRight(rest, " ,;-–—")
		if at := lineTail().FindStringIndex(rest); at != nil && strings.ContainsAny(rest[:at[0]], digits) {
			rest = rest[:at[0]]
			continue
		}
		if open := openBracket(rest); open >= 0 && (open > 0 || strings.Contains(rest, " ")) {
			inside := strings.TrimSpace(rest[open+1 : len(rest)-1])
			if isRemark(inside) && !isPart(inside) {
				all, rest = append(all, inside), rest[:open]
				continue
			}
		}
		if m := remarkTail().FindStringSubmatchIndex(rest); m != nil && strings.ContainsAny(rest[:m[0]], digits) && strings.Count(rest[:m[0]], "(") == strings.Count(rest[:m[0]], ")") {
			all, rest = append(all, rest[m[2]:m[3]]), rest[:m[0]]
			continue
		}
		break
	}
	slices.Reverse(all)
	return asVersion(strings.TrimSpace(rest)), strings.Join(all, "; ")
}

// isPart reports whether words in brackets are a part of the version before them.
func isPart(inside string) bool { return partInBrackets().MatchString(inside) }

var (
	partInBrackets = compiled(`(?i)^(?:sp|update|cu|r|u)\s?\d+\w*\b`)
	// bracketedPart is a version whose part stands in brackets: "11 (SP1 and later)".
	bracketedPart = compiled(`(?i)^(` + number + `)\s*\(((?:sp|update|cu|r|u)\s?\d+\w*)((?:\+|\s+(?:or|and)\s+` + orMore + `)?)(?:\s+only)?\)$`)
)

// asVersion gives a version without the brackets and words around it.
func asVersion(v string) string {
	if m := bracketedPart().FindStringSubmatch(v); m != nil {
		return m[1] + " " + m[2] + m[3]
	}
	v = bySign.Replace(v)
	if openBracket(v) == 0 { // "(version 7)", "(1.4 or newer)"
		inside := v[1 : len(v)-1]
		if rest, found := strings.CutPrefix(inside, "version"); found {
			v = strings.TrimSpace(strings.TrimLeft(rest, "s"))
		} else if text, _, end := versionAt(inside); end == len(inside) && text != "" {
			v = text
		}
	}
	if text, _, end := versionAt(v); end == len(v) && strings.ContainsAny(text, "<>") {
		return text
	}
	return v
}

// bySign gives the bounds of versions as catalogues read them.
var bySign = strings.NewReplacer(" ESR+", "+", " +", "+", ", <", " <", "before ", "<", "newer than ", ">", "older than ", "<")

// openBracket gives where the bracket opens that a text ends with, or -1.
func openBracket(t string) int {
	if !strings.HasSuffix(t, ")") {
		return -1
	}
	depth := 0
	for i := len(t) - 1; i >= 0; i-- {
		switch t[i] {
		case ')':
			depth++
		case '(':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}
