package page

import "strings"

// things states what an item names.
func (r *reader) things(w words, s scope, quote string) {
	if m := leads.FindStringIndex(w.text); m != nil {
		w = w.cut(m[1], len(w.text))
	}
	for _, p := range w.split() {
		if status := statusLabel(p.text); status != "" {
			s.status = status
			continue
		}
		for _, th := range r.names.things(p) {
			r.thing(th, s, quote)
		}
	}
}

// statusLabel gives the status that a line by itself says of those below it:
// "Supported:".
func statusLabel(t string) string {
	label, found := strings.CutSuffix(strings.TrimRight(t, " *"), ":")
	if rest := headWords.ReplaceAllString(label, ""); !found || strings.Trim(labelFillers.ReplaceAllString(rest, ""), " *") != "" {
		return ""
	}
	return statusOf(label)
}

// foreign are the kinds whose names are told apart wherever they stand: a CentOS
// in a table of JDKs is an operating system.
var foreign = map[string]bool{kindOS: true, kindJDK: true, kindDBMS: true, kindBrowser: true}

// kindFor gives the kind of a thing, as its name and the surroundings have it.
func (r *reader) kindFor(th thing, s scope) string {
	own, sure := r.names.kindOf(th.name)
	k := s.kind()
	switch {
	case k == kindRequirement && sure == unknownName && th.version != "":
		return kindProduct
	case k == kindRequirement, k == kindProduct && sure == exactly:
		return own
	case k != "" && sure != vaguely && foreign[k] && foreign[own]:
		return own
	case k != "":
		return k
	case sure == exactly, s.has(own):
		return own
	case s.has(kindProduct), sure == unknownName && len(s.kinds) == 0 && s.status != "" && th.version != "":
		return kindProduct
	}
	return own
}

// thing states one thing, or reports it.
func (r *reader) thing(th thing, s scope, quote string) {
	st := Statement{Name: th.name, Version: th.version, Status: s.status, Line: th.line, Quote: quote, Kind: r.kindFor(th, s)}
	known, _ := r.names.kindOf(th.name)
	switch {
	case nothing(th.name), aRemark.MatchString(th.name):
	case crossed.MatchString(th.name):
		st.Name, st.Status = crossed.ReplaceAllString(th.name, ""), incompatible
		r.state(st, s)
	case strings.Contains(th.name+th.version, "{{"):
		r.unread(st.Label(), st.Line, s, "a placeholder stands for it: read the page as it is built")
	case s.status == "" && !s.marked:
	case s.status == "":
		r.unread(st.Label(), st.Line, s, "the page does not say whether it is tested, supported or needed: state it by hand")
	case st.Kind == "" || known == "" && th.version == "" && (st.Kind == kindProduct || !r.inTable(quote)):
		r.unread(st.Label(), st.Line, s, "the page does not say what kind of thing it is: state it by hand")
	case st.Kind == kindProduct && !productName.MatchString(st.Name):
		r.unread(st.Label(), st.Line, s, "it looks like no name of a product: state it by hand, if it states anything")
	default:
		if anyOfThem.MatchString(st.Name) {
			st.Status = compatible
		}
		r.state(st, s)
		r.processorsOf(st, s)
	}
}

// aRemark is what stands in brackets and names nothing: "(see note 2)".
var aRemark = compiled(`^\([^()]*\)$`)

// productName is what products are called: with a capital or, as files are, a hyphen.
var productName = compiled(`^(?:\p{Lu}|[a-z0-9]+-)[\w .()/&:+'-]*$`)

// crossed begins a name that is listed as one that does not work.
var crossed = compiled(`^[❌✗✘✖]\x{fe0f}?\s*`)

// anyOfThem stands where a name would when it does not matter which.
var anyOfThem = compiled(`(?i)^(?:any|all)$`)

func (r *reader) inTable(quote string) bool { return strings.Contains(quote, " | ") }

// bracketed are words in brackets: "Ubuntu (x86_64, ARM64)".
var bracketed = compiled(`\(([^()]*)\)`)

// processorsOf states the processors that an operating system prints in brackets,
// or in place of a version.
func (r *reader) processorsOf(st Statement, s scope) {
	if st.Kind != kindOS {
		return
	}
	st.Kind = kindArch
	if r.names.isKind(st.Version, kindArch) {
		r.state(st, s)
		return
	}
	label := st.Label()
	m := bracketed.FindStringSubmatchIndex(label)
	if m == nil {
		return
	}
	inside := strings.Split(label[m[2]:m[3]], ",")
	for _, p := range inside {
		if !r.names.isKind(p, kindArch) {
			return
		}
	}
	st.Name = strings.Join(strings.Fields(label[:m[0]]+" "+label[m[1]:]), " ")
	for _, p := range inside {
		st.Version = strings.TrimSpace(p)
		r.state(st, s)
	}
}
