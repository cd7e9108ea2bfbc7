package seed_test

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// statementList writes facts for people: the ID, what is stated, and where.
type statementList struct{ bytes.Buffer }

// add writes one fact; parts that are empty are left out.
func (l *statementList) add(noun, id string, c fact.Citation, parts ...string) {
	fmt.Fprintf(l, "%s %s\n", noun, id)
	for _, part := range parts {
		if part != "" {
			fmt.Fprintf(l, "\t%s\n", part)
		}
	}
	fmt.Fprintf(l, "\t%s %q: %s\n", c.Source, c.Section, c.Quote)
}

// named is "name: value" where there is a value.
func named(name, value string) string {
	if value == "" {
		return ""
	}
	return name + ": " + value
}

// mark is the name of what is true.
func mark(name string, is bool) string {
	if !is {
		return ""
	}
	return name
}

func settings(list []fact.Setting) string {
	texts := make([]string, len(list))
	for i, s := range list {
		texts[i] = fmt.Sprintf("set %s in %s: %s", s.Name, s.File, s.Value)
	}
	return strings.Join(texts, "\n\t")
}

func scope(s fact.Scope) string {
	return named("about", fmt.Sprintf("%q %q %q %q", s.Platform, s.Product, s.Release, s.Profile))
}

func (l *statementList) profiles(r *fact.Release) {
	for _, p := range r.Profiles {
		l.add("profile", r.Product+"/"+r.Version+"/"+p.ID, p.Citation,
			p.Name+" ("+strings.Join(p.Aliases, ", ")+")", fmt.Sprintf("offset %d", p.Offset))
	}
}

func (l *statementList) requirement(r *fact.Requirement) {
	shares := make([]string, len(r.Shares))
	for i, s := range r.Shares {
		shares[i] = strings.TrimSpace(fmt.Sprintf("%s for %s %s", s.Amount, s.For, mark("(each)", s.Each)))
	}
	instances := ""
	if r.Instances > 0 {
		instances = fmt.Sprintf("for %d instances", r.Instances)
	}
	l.add("requirement", r.ID, r.Citation, scope(r.Scope), fmt.Sprintf("%s: %s %s, %s", r.Deployment, r.Level, r.Resource, r.Amount),
		mark("approximate", r.Approximate), mark("each", r.Each), instances, named("shares", strings.Join(shares, " + ")),
		named("type", r.Type), named("of", r.Of), named("when", r.When), named("note", r.Note), named("printed", r.Printed))
}

func (l *statementList) port(p *fact.Port) {
	l.add("port", p.ID, p.Citation, scope(p.Scope), fmt.Sprintf("%s %d, offset %d, %s", p.Name, p.Number, p.Offset, p.Protocol),
		p.Purpose, named("file", p.File))
}

func (l *statementList) note(n *fact.Note) {
	l.add("note", n.ID, n.Citation, scope(n.Scope), n.Topic+": "+n.Title, n.Text, named("path", n.Path), settings(n.Settings))
}

func (l *statementList) advisory(a *fact.Advisory) {
	l.add("advisory", a.ID, a.Citation, scope(a.Scope), string(a.Severity)+": "+a.Title, a.Text,
		named("workaround", a.Workaround), settings(a.Settings), named("applies", targets(a.Applies)), named("with", targets(a.With)), mark("incompatible", a.Incompatible))
}

// targets lists technologies with their versions.
func targets(all []fact.Target) string {
	texts := make([]string, len(all))
	for i, target := range all {
		texts[i] = strings.TrimSpace(target.Technology + " " + target.Version)
	}
	return strings.Join(texts, ", ")
}
