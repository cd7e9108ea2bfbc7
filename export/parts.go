package export

import (
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// tables are those of everything but the environments.
func (r *Release) tables() []table {
	return []table{r.needs(), r.ports(), r.profiles(), r.caveats(), r.notes(), r.runs(), r.images(), r.documents()}
}

// inherited are the claims about the platform.
func (r *Release) inherited() table {
	t := table{name: "Inherited", columns: []column{
		{"Technology", ""}, {"Status", "Details"}, {"Kind", "Details"}, {"Versions", "Details"}, {"Condition", "Remarks"}, {"Words of the source", "Quote"}, {"Source", "Link"},
	}}
	for _, s := range r.Sections {
		if s.Inherited == nil {
			continue
		}
		t.name = r.say("export.inherited", s.Inherited.Name)
		for _, row := range s.Rows {
			t.add(words(row.Name), words(str.Words(s.Status)), words(s.Kind.Name), words(strings.Join(row.Versions, ", ")), words(row.When), words(row.Quote), stands(s.Source))
		}
	}
	return t
}

func (r *Release) needs() table {
	t := table{name: "Requirements", page: "What it needs", always: true, columns: []column{
		{"Deployment", ""}, {"Resource", "Description"}, {"Amount", "Description"}, {"Level", "Description"}, {"Instances", "Description"},
		{"Use", "Use case"}, {"As printed", "Details"}, {"Remarks", ""}, {"Source", "Link"},
	}}
	for _, q := range r.Requirements {
		t.add(words(q.Deployment.Name), words(string(q.Resource)), words(r.amount(&q)), words(string(q.Level)), q.instances(),
			words(q.When), words(q.Printed), words(r.remarks(&q)), stands(q.Source))
	}
	return t
}

// amount is what is needed, "about 512 MB".
func (r *Release) amount(q *Requirement) string {
	return r.say("report.amount", q.Amount, q.Approximate, q.Type)
}

// instances is how many the amount is stated for; empty where that is one.
func (q *Requirement) instances() cell {
	if q.Instances == 0 {
		return cell{}
	}
	return number(q.Instances)
}

// remarks is what else the document says of the amount.
func (r *Release) remarks(q *Requirement) string {
	var all []string
	if q.Each {
		all = append(all, r.say("export.each"))
	}
	if q.Of != "" {
		all = append(all, r.say("report.for", q.Of))
	}
	for _, s := range q.Shares {
		all = append(all, r.say("export.share", s.Amount, s.For))
	}
	if q.Inherited != nil {
		all = append(all, r.say("report.inherited", q.Inherited.Name))
	}
	return str.Join("; ", append(all, q.Profile, q.Note)...)
}

func (r *Release) ports() table {
	t := table{name: "Ports", always: true, columns: []column{
		{"Name", ""}, {"Port", ""}, {"Protocol", ""}, {"Purpose", ""}, {"Profile", "Details"}, {"File", "Details"}, {"Remarks", ""}, {"Source", "Link"},
	}}
	for _, p := range r.Ports {
		var profile, moved, inherited string
		if p.Of != nil {
			profile = p.Of.Name
		}
		if p.Moved != 0 {
			moved = r.say("export.offset", p.Moved)
		}
		if p.Inherited != nil {
			inherited = r.say("report.inherited", p.Inherited.Name)
		}
		t.add(words(p.Name), number(p.Actual), words(p.Protocol), words(p.Purpose), words(profile), words(p.File),
			words(str.Join("; ", moved, inherited)), stands(p.Source))
	}
	return t
}

func (r *Release) profiles() table {
	t := table{name: "Profiles", columns: []column{{"Profile", ""}, {"Ports", "Details"}, {"Words of the source", "Description"}}}
	for _, p := range r.Release.Profiles {
		t.add(words(p.Name), words(r.say("export.moved", p.Offset)), words(p.Citation.Quote))
	}
	return t
}

func (r *Release) caveats() table {
	t := table{name: "Advisories", always: true, columns: []column{
		{"Title", ""}, {"Severity", "Details"}, {"Concerns", "Details"}, {"Together with", "Details"}, {"Text", "Description"},
		{"Workaround", "Action"}, {"Settings", "Action"}, {"Remarks", ""}, {"Source", "Link"},
	}}
	for _, a := range r.Advisories {
		not := ""
		if a.Incompatible {
			not = r.say("export.apart")
		}
		t.add(words(a.Title), words(string(a.Severity)), words(named(a.Applies)), words(named(a.With)), words(a.Text),
			words(a.Workaround), words(settings(a.Settings)), words(str.Join("; ", not, a.Profile, a.Platform)), stands(a.Source))
	}
	return t
}

func (r *Release) notes() table {
	t := table{name: "Notes", columns: []column{
		{"Title", ""}, {"Topic", "Details"}, {"Text", "Description"}, {"Path", "Details"}, {"Settings", "Details"}, {"Remarks", ""}, {"Source", "Link"},
	}}
	for _, n := range r.Notes {
		t.add(words(n.Title), words(n.Topic), words(n.Text), words(n.Path), words(settings(n.Settings)), words(str.Join("; ", n.Profile, n.Platform)), stands(n.Source))
	}
	return t
}

func (r *Release) runs() table {
	t := table{name: "Test runs", columns: []column{{"Date", ""}, {"Result", "Details"}, {"Environment", "Details"}, {"Build", "Details"}, {"Failed in its place", "Details"}, {"Note", "Remarks"}, {"Source", "Link"}}}
	for _, c := range r.Configurations {
		t.add(words(c.Date), words(string(c.Result)), words(named(c.Components)), words(str.Join(" ", c.Build, c.Update)), words(c.Culprit), words(c.Note), stands(c.Source))
	}
	return t
}

func (r *Release) images() table {
	t := table{name: "Images", page: "Images of the vendor", columns: []column{{"Tag", ""}, {"Date", "Details"}, {"What runs in it", "Details"}, {"Dockerfile", "Details"}, {"Source", "Link"}}}
	for _, i := range r.Images {
		t.add(words(i.Tag), words(i.Date), words(strings.Join(i.Names(), ", ")), words(i.Path), stands(i.Source))
	}
	return t
}

// documents are the sources, in the order in which they are cited.
func (r *Release) documents() table {
	t := table{name: sourcesName, always: true, columns: []column{
		{"Id", ""}, {"Title", "Description"}, {"Address", "Link"}, {"Document", "Details"}, {"Revision", "Details"}, {"Date", "Details"}, {"Authority", "Details"},
	}}
	for _, s := range r.Sources {
		t.add(words(s.ID), words(s.Title), cell{text: s.URL, url: str.WebAddress(s.URL)}, words(s.Document), words(s.Revision), words(s.Date), words(r.standing(s)))
	}
	return t
}

// standing is the authority of a source, and what that means where it is weak.
func (r *Release) standing(s *fact.Source) string {
	return r.say("export.standing", s.Authority)
}

func named(all []Target) string { return strings.Join(each(all, Target.String), ", ") }

// settings writes values to set: "carbon.xml: HostName = example.com".
func settings(all []fact.Setting) string {
	return strings.Join(each(all, func(s fact.Setting) string { return s.File + ": " + str.Join(" = ", s.Name, s.Value) }), "; ")
}
