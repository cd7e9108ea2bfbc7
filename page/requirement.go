package page

import (
	"slices"
	"strings"
)

// resources are what requirements speak of, with the words for each; the first that fits counts.
var resources = []struct {
	name  string
	words expression
}{
	{"Heap", compiled(`(?i)\bheap\b`)},
	{"Memory", compiled(`(?i)\b(?:ram|memory)\b`)},
	{"Disk", compiled(`(?i)\b(?:disk|disc|storage|hard drive|ssd|free space)\b`)},
	{"CPU", compiled(`(?i)\b(?:v?cpus?|cores?|processors?|compute units?|ghz)\b`)},
	{"Network", compiled(`(?i)\b(?:network|bandwidth)\b`)},
	{"Instance", compiled(`(?i)\b(?:instances?|nodes?|servers?)\b`)},
}

// amount is a number with the unit of a resource.
var amount = compiled(`(?i)\b(?:\d[\d.,]*\+?|\bone|\btwo|\bfour)\s*(?:[\w.-]+\s){0,2}?\s*(?:[kmgt]i?b\b|v?cpus?\b|-?cores?\b|ghz\b|mhz\b|compute units?|instances?\b|\S+ core\b|processors?\b|[mg]bps)`)

// resourceOf gives the resource that a label names.
func resourceOf(label string) string {
	if len(strings.Fields(label)) > 4 {
		return ""
	}
	for _, res := range resources[:5] {
		if res.words().MatchString(label) {
			return strings.TrimRight(label, " :*")
		}
	}
	return ""
}

// isResource reports whether a row is about a resource: its label names one, and its value is an amount.
func isResource(label string, s scope, value string) bool {
	return resourceOf(label) != "" && (s.has(kindRequirement) || hasAmount(value) || s.status == required && justVersion().MatchString(value))
}

func hasAmount(t string) bool { return amount().MatchString(t) }

// amounts states the amounts in a cell.
func (r *reader) amounts(name string, subs []block, s scope, quote string) {
	s.kinds = []string{kindRequirement}
	each(subs, func(w words) {
		if !hasAmount(w.text) && justVersion().MatchString(w.text) {
			r.amount(name, w, s, quote)
			return
		}
		r.amountsOf("", name, w, s, quote)
	})
}

// amountsOf states the amounts that the sentences of words name.
func (r *reader) amountsOf(deployment, name string, w words, s scope, quote string) {
	for _, sentence := range sentences(w) {
		if status := statusLabel(sentence.text); status != "" {
			s.status = status
			continue
		}
		all := []words{sentence}
		if m := more().FindStringSubmatchIndex(sentence.text); m != nil && hasAmount(sentence.text[m[2]:m[3]]) && hasAmount(sentence.text[:m[0]]) {
			all = []words{sentence.cut(0, m[0]), sentence.cut(m[2], m[3])}
		}
		for _, part := range all {
			if !hasAmount(part.text) || examples().MatchString(part.text) {
				continue
			}
			for _, one := range amountsBeside(part, name) {
				r.amount(resourceName(deployment, name, one.text), one, s, quote)
			}
		}
	}
}

// amountsBeside parts a sentence that names amounts of several resources: "4 cores and
// 8 GB RAM". Where a name says of what they are, they are one.
func amountsBeside(w words, name string) []words {
	all := parts(w)
	for _, p := range all {
		if name != "" || !hasAmount(p.text) || resourceIn(p.text) == "" {
			return []words{w}
		}
	}
	return all
}

// more begins the part of a sentence that recommends more than it asks for, in brackets or
// after a comma: "4 GB minimum, 8 GB recommended".
var more = compiled(`(?i)\s*[(,;]\s*([^(),;]*\brecommended\b[^(),;]*)\)?[.]?$`)

// resourceName gives what an amount is of, after the deployment that it is for.
func resourceName(deployment, name, sentence string) string {
	if name == "" || resources[0].words().MatchString(sentence) {
		name = resourceIn(sentence)
	}
	if deployment == "" {
		return name
	}
	return strings.TrimSuffix(deployment+" / "+name, " / ")
}

func resourceIn(t string) string {
	for _, res := range resources {
		if res.words().MatchString(t) {
			return res.name
		}
	}
	return ""
}

// examples are sentences that work an example or speak of several instances.
var examples = compiled(`(?i)^(?:for example|e\.g\.|three|two|if )|\bfor example\b`)

// better is said of more than the least.
var better = compiled(`(?i)\bbetter performance|\bfor high\b`)

// onlyAmount is a text that is an amount and nothing else.
var onlyAmount = compiled(`(?i)^[~≈<>=]*\s*\d[\d.,]*\+?\s*(?:[kmgt]i?b|v?cpus?|cores?|ghz|mhz)(?: (?:or more|ram|free|minimum))?$`)

// scale is what says for how many of something an amount is enough.
var scale = compiled(`(?i)(?:,?\s*\b(?:and )?(?:supports?|serves?|handles?|for|to (?:\w+ )?serve)\b[^.;]{0,30}?)?\b\d[\d.,]*[km]?\+?(?:\s*(?:-|–|to)\s*\d[\d.,]*[km]?)?\s+(?:(?:concurrent|active|registered|named)\s+)?(?:users?|people|employees|clients?|agents|developers|seats|(?:\w+ )?nodes)\b`)

// speed is an amount that passes in a time.
var speed = compiled(`(?i)\d[\d.,]*\s*[kmg]b(?:ps|it/s|/s)`)

// amount states one amount.
func (r *reader) amount(name string, w words, s scope, quote string) {
	text := strings.TrimRight(w.text, " .")
	if m := scale().FindStringIndex(text); m != nil {
		if rest := strings.TrimRight(text[:m[0]], " ,"); statusOf(rest) == recommended && hasAmount(rest) { // "2 cores is recommended, and supports 500 users"
			text = rest
		} else {
			r.unread(text, w.line(0), s, "it says for how many users or nodes it is enough, which is no minimum: state it by hand")
			return
		}
	}
	if name == "" {
		r.unread(text, w.line(0), s, "the page does not say of what it is the amount: state it by hand")
		return
	}
	if speed().MatchString(text) && !hasAmount(speed().ReplaceAllString(text, "")) && !resources[4].words().MatchString(name) {
		r.unread(text, w.line(0), s, "it says how fast it is, and not how much: state it by hand")
		return
	}
	status := s.status
	switch own := statusOf(text); {
	case better().MatchString(text), slices.ContainsFunc(cuesIn(text, false), func(c cue) bool { return c.status == recommended }):
		status = recommended
	case own == recommended, own == minimum:
		status = own
	}
	if status != recommended {
		status = minimum
	}
	r.state(Statement{Kind: kindRequirement, Name: name, Version: text, Status: status, Line: w.line(0), Quote: quote}, s)
}

// sentences cuts words into sentences.
func sentences(w words) []words {
	var all []words
	from := 0
	for _, m := range sentenceEnd().FindAllStringIndex(w.text, -1) {
		end := m[0] + 1
		all = appendWords(all, w.cut(from, end))
		from = end
	}
	return appendWords(all, w.cut(from, len(w.text)))
}
