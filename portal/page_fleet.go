package portal

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"mime"
	"slices"
	"strings"
	"time"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/fleet"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// Fleet is the page that checks many environments.
type Fleet struct {
	Frame
	Product, Release string // of the environments that name none
	Products         []*compat.Product
	Text             string      // that was pasted
	Files            []string    // the names of those that were sent
	Columns          []string    // that a CSV may have
	Sample           string      // a CSV
	Report           *fleet.Page // nil before anything is sent
}

// ProductName is the product as its field shows it.
func (f *Fleet) ProductName() string { return f.Product }

// The bounds of what is answered within one request. The command line has none of the last two.
const (
	fleetPath      = "/fleet"
	maxFleetBytes  = 16 << 20
	maxName        = 300    // bytes of the name of a file, or of a product, that is read
	maxDifferent   = 10_000 // environments of which no two are equal
	maxJSONOfFleet = 10_000 // environments of a report that repeats each whole answer
)

// fleetFormats are those of the reports that can be kept.
var fleetFormats = []string{"xlsx", "html", "csv", "json"}

var fleetRoute = route{path: fleetPath, name: "fleet", takes: pageParams{names: []string{"product", "release"}}, draw: func(s *Site, v *question.View, in address) (Page, error) {
	page := s.fleetPage(v, in)
	page.Product, page.Release = in.One("product"), in.One("release")
	return page, nil
}}

func (s *Site) serveFleet() {
	s.page(fleetRoute)
	s.PostMany(fleetPath, maxFleetBytes, s.fleet, wire.Under(pagePolicies))
	s.Get(fleetPath+".csv", func(c wire.Context) error {
		return s.listed(c, []string{fleet.Find("csv").Media}, func(v *question.View) ([]byte, error) { return []byte(sampleFleet(v)), nil })
	})
}

func (s *Site) fleetPage(v *question.View, in address) *Fleet {
	return &Fleet{Frame: s.frameOf(v, in, "portal.fleet"),
		Products: v.Products(), Columns: slices.Concat(fleet.Columns, v.Words), Sample: sampleFleet(v)}
}

// sampleFleet is a CSV with the question that the catalogue is shown by.
func sampleFleet(v *question.View) string {
	q := v.ExampleQuestion()
	header, row := []string{"name", "product", "release"}, []string{"web-1", q.Product, q.Release}
	for _, c := range q.Components {
		header, row = append(header, v.Word(c.Kind)), append(row, c.Text)
	}
	var b strings.Builder
	_ = csv.NewWriter(&b).WriteAll([][]string{header, row}) // a builder takes everything
	return b.String()
}

// fleet answers what was sent with what is wrong, grouped, or with a report to keep. Nothing of
// it is kept here.
func (s *Site) fleet(c wire.Context, v *question.View, ask func([]byte) *fleet.Reply, body []byte) error {
	page := s.fleetPage(v, address{Input: wire.Input{Context: c}, moment: v.Moment})
	page.template = fleetRoute.name
	format, items, err := page.read(v, c.Request().Header.Get("Content-Type"), body)
	day, _ := time.Parse(time.DateOnly, v.Day) // which a day can always be
	run := fleet.Run{Words: v.Matrix.Words(), File: strings.Join(page.Files, ", "), Began: day, Now: func() time.Time { return day }, Products: map[string]string{}}
	for _, p := range page.Products {
		run.Products[p.ID] = p.Name
	}
	report, different := cmp.Or(format, fleet.Find("html")).Begin(run), 0
	if err == nil {
		err = fleet.Ask(items, func(questions [][]byte) ([]*fleet.Reply, error) {
			if different += len(questions); different > maxDifferent {
				return nil, fact.Refuse("file", "portal.fleet.large", fleet.Thousands(maxDifferent))
			}
			return wire.Each(questions, func(text []byte) *fleet.Reply { return hinted(page.words, ask(text)) }), c.Request().Context().Err()
		}, report.Add)
	}
	header := c.Response().Header()
	header["Cache-Control"] = wire.CacheNever
	switch {
	case err != nil:
		page.fail(s.told(c, err))
		if e := wire.AsError(err); e.Field == "file" { // which may begin with the name of one
			page.Problem.Detail, _ = e.In(page.words)
		}
	case format != nil:
		header["Content-Type"] = []string{format.Media}
		header.Set("Content-Disposition", `attachment; filename="testedon-fleet.`+format.Name+`"`)
		return report.Write(c.Response())
	default:
		page.Report = report.Done()
		page.Title = page.Report.Sentence()
	}
	return s.draw(c, page)
}

// hinted is a reply that says on the page how to name what a question lacks.
func hinted(l *message.Language, r *fleet.Reply) *fleet.Reply {
	if p := r.Problem; p != nil && p.Code == string(fact.CodeInvalid) && (p.Field == "product" || p.Field == "release") {
		r.Hint = l.Text("portal.fleet.unnamed")
	}
	return r
}

// read reads the form: the format of a report to keep, nil for the page, and the environments.
func (f *Fleet) read(v *question.View, contentType string, body []byte) (format *fleet.Format, items []*fleet.Item, err error) {
	_, params, _ := mime.ParseMediaType(contentType) // which was accepted
	parts, err := question.ReadForm(body, params["boundary"])
	var texts []question.FormPart
	fields := map[string]string{}
	for _, part := range parts {
		switch part.Name {
		case "text":
			f.Text = string(part.Text)
			texts = append(texts, part)
		case "file":
			part.File = str.Visible(strings.ToValidUTF8(part.File[max(0, len(part.File)-maxName):], ""))
			f.Files = append(f.Files, cmp.Or(part.File, f.words.Text("portal.fleet.nameless")))
			texts = append(texts, part)
		default:
			fields[part.Name] = strings.TrimSpace(string(part.Text[:min(len(part.Text), maxName)]))
		}
	}
	f.Product, f.Release = fields["product"], fields["release"]
	if name := fields["format"]; name != "" && !slices.Contains(fleetFormats, name) {
		return nil, nil, wire.Unknown("format", name, fleetFormats)
	}
	format = fleet.Find(fields["format"])
	if err == nil && len(texts) == 0 {
		err = fact.Refuse("file", "portal.fleet.empty")
	}
	for _, text := range texts {
		if err == nil {
			items, err = f.add(v, items, text, len(texts) > 1)
		}
	}
	if err == nil && format != nil && format.Name == "json" && len(items) > maxJSONOfFleet {
		err = fact.Refuse("format", "portal.fleet.json", fleet.Thousands(maxJSONOfFleet))
	}
	return format, items, err
}

// add adds the environments of a text; one of several is named with its rows.
func (f *Fleet) add(v *question.View, items []*fleet.Item, part question.FormPart, several bool) ([]*fleet.Item, error) {
	from, err := fleet.Sniff(v.Matrix.Words(), part.File, part.Text)
	if err != nil {
		return nil, err
	}
	defaults, _ := json.Marshal(map[string]string{"product": f.Product, "release": f.Release}) // texts can always be written
	read, err := from.Items(defaults, func() ([]string, map[string]string, error) {
		names := map[string]string{}
		for _, id := range v.KindIDs {
			for _, name := range append([]string{id}, v.Kind(id).Aliases...) {
				names[strings.ToLower(name)] = id
			}
		}
		return v.KindIDs, names, nil
	})
	for _, it := range read {
		if several && it.Name == "" {
			it.Name = fmt.Sprintf("%s:%d", from.Name, it.Line)
		}
	}
	return append(items, read...), err
}
