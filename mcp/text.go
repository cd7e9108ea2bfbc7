package mcp

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// answer is what is read of an answer to say it: of that of any tool, what it has.
type answer struct {
	Verdict, Require, Summary, Type string
	Product, Release, Name, Version string
	Pass, Provisional               bool
	Answer, Before, After           *answer
	Items                           []answer // what was found
	Kinds                           []struct {
		Name   string
		Listed []struct{ Label, Status string }
	}
	Environment  map[string][]struct{ Asked string }
	Unrecognised []string
	Unchecked    []string // the kinds that were not asked about
}

// maxSources is how many sources a text names.
const maxSources = 8

// said gives an answer of the API in words, for an assistant that reads no structure: whether
// it passes, what it says, and where that is written.
func said(raw []byte) string {
	var a answer
	var whole any
	if json.Unmarshal(raw, &a) != nil || json.Unmarshal(raw, &whole) != nil {
		return string(raw)
	}
	lines := a.lines()
	var sources []string
	walk(whole, &sources)
	return strings.Join(append(lines, sources...), "\n")
}

// lines say what is answered.
func (a *answer) lines() (lines []string) {
	say := func(identity string, values ...string) {
		lines = append(lines, message.English.Text(identity, values...))
	}
	switch {
	case a.Verdict != "":
		say("mcp.verdict", str.Words(a.Verdict), passing(a.Pass), a.Require)
		lines = append(lines, a.Summary)
		if len(a.Unchecked) > 0 {
			say("mcp.unasked", message.English.List(a.Unchecked...))
		}
		return lines
	case a.Answer != nil:
		lines = a.Answer.lines()
		return slices.Replace(lines, 1, min(2, len(lines)), a.Summary) // which says what was understood as well
	case a.Type == "ambiguous", a.Type == "unknown":
		say("mcp.unanswered", a.Summary)
	case a.Environment != nil:
		for _, kind := range slices.Sorted(maps.Keys(a.Environment)) {
			for _, c := range a.Environment[kind] {
				say("mcp.ask", kind, c.Asked)
			}
		}
		if lines == nil {
			say("mcp.recognised.nothing")
		}
		if len(a.Unrecognised) > 0 {
			say("mcp.unrecognised", strings.Join(a.Unrecognised, "; "))
		}
	case a.Version != "":
		a.listed(say)
	default:
		lines = append(lines, a.Summary)
	}
	if a.After != nil {
		say("mcp.before", a.Before.lines()[0])
		say("mcp.after", a.After.lines()[0])
	}
	for i := range a.Items {
		found := &a.Items[i]
		say("mcp.found", passing(found.Pass), found.Product, found.Release, str.Words(found.Verdict), strconv.FormatBool(found.Provisional))
	}
	return lines
}

// listed says what a release lists, a line for each kind.
func (a *answer) listed(say func(string, ...string)) {
	for _, k := range a.Kinds {
		var all []string
		for _, l := range k.Listed {
			all = append(all, message.English.Text("mcp.status", l.Label, str.Words(l.Status)))
		}
		say("mcp.lists", a.Name+" "+a.Version, k.Name, strings.Join(all, "; "))
	}
	if len(a.Kinds) == 0 {
		say("mcp.lists.nothing", a.Name, a.Version)
	}
}

func passing(pass bool) string {
	if pass {
		return "pass"
	}
	return "fail"
}

// walk gathers the sources of an answer, each once, a line each, but for those of what stands
// beside the verdict.
func walk(value any, sources *[]string) {
	switch of := value.(type) {
	case []any:
		for _, item := range of {
			walk(item, sources)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(of)) {
			if name == "lifecycle" {
				continue
			}
			if s, ok := of[name].(map[string]any); ok && name == "source" {
				title, _ := s["title"].(string)
				address, _ := s["url"].(string)
				line := message.English.Text("mcp.source", title, address)
				if len(*sources) < maxSources && address != "" && !slices.Contains(*sources, line) {
					*sources = append(*sources, line)
				}
			}
			walk(of[name], sources)
		}
	}
}
