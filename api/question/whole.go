package question

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plain"
	"github.com/testedon/testedon/compat/plan"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/order"
)

// RetestParams say which claims are looked at for what to test again.
type RetestParams struct {
	// How far to look ahead: a whole number and `d`, `w`, `m` or `y` for days, weeks, months or years, up to 10y.
	Within string `query:"within" usual:"6m" example:"6m"`
	// Only this product: id, name or alias.
	Product string `query:"product" example:"mi"`
	// Only the claims of this release of the product: version or alias. `newer` looks at all releases nevertheless.
	Release string `query:"release"`
	// Only technologies of this kind: id or another name of it.
	Kind string `query:"kind"`
	// Only this technology: id, name or alias.
	Technology string `query:"technology"`
}

// RetestTable is the parameters.
var RetestTable = wire.TableOf[RetestParams]()

// RetestList is the list of the claims to test again.
var RetestList = &wire.Collection[*View, *survey.RetestItem]{
	Key: func(i *survey.RetestItem) string {
		return i.Product.ID + "/" + wire.Natural(i.Release.Version) + "/" + i.ID
	},
	Usual: "ends", Limit: wire.UsualPage,
	Orders: []wire.Order[*View, *survey.RetestItem]{
		wire.By("ends", func(_ *View, i *survey.RetestItem) string { return i.Period.Ends }),
		wire.ByKey[*View, *survey.RetestItem]("product"),
		wire.By("technology", func(_ *View, i *survey.RetestItem) string { return i.Tech.ID }),
	},
}

// Retest tells what to test again. The error names the parameter that cannot be read.
func (v *View) Retest(p RetestParams) (_ *survey.Aging, err error) {
	q := survey.RetestQuestion{Today: v.Today}
	if p.Release != "" && p.Product == "" {
		return nil, fact.Refuse("release", "retest.alone")
	}
	if q.Within, err = survey.ParseWithin(p.Within); err == nil {
		q.Products, err = v.Select(p.Product)
	}
	if err == nil && p.Release != "" {
		q.Release, err = q.Products[0].Release(p.Release)
	}
	if err == nil && p.Kind != "" {
		if q.Kind = v.Kind(p.Kind); q.Kind == nil {
			return nil, fact.Refuse("kind", "retest.kind", strconv.Quote(p.Kind)).Offer(v.KindIDs)
		}
	}
	if err == nil && p.Technology != "" {
		q.Technology, err = v.Technology(p.Technology)
	}
	if err != nil {
		return nil, err
	}
	return survey.Retest(q), nil
}

// Endings are what is to be tested again, the claims on the same versions together: what ends
// within the time asked for, the soonest first, then what is past its end, the last first.
func Endings(a *survey.Aging) [][]survey.RetestItem {
	items := slices.Clone(a.Items)
	order.Stable(items, func(a, b survey.RetestItem) int {
		days := cmp.Compare(a.Period.Last(), b.Period.Last())
		if a.State == fact.Ended {
			days = -days
		}
		return cmp.Or(cmp.Compare(b.State, a.State), days, cmp.Compare(a.Display(), b.Display()))
	})
	return wire.Groups(items, func(i survey.RetestItem) string { return i.Display() + i.Period.Ends }, func(_ string, of []survey.RetestItem) []survey.RetestItem { return of })
}

// tellWhole answers what looks at the whole record; nil where that is not asked for.
func (q *Question) tellWhole(u *plain.Understanding) (*Content, error) {
	switch u.Type {
	case plain.TypeRetest:
		p := RetestParams{Within: cmp.Or(u.Span, "6m"), Product: q.Product, Release: q.Release, Kind: strings.Join(u.Kinds, "")}
		found, err := q.view.Retest(p)
		if err != nil {
			return nil, err
		}
		return &Content{Summary: found.Summary(), Location: q.whole("retest", "within", p.Within, "kind", p.Kind), Rows: firstRows(Endings(found), func(items []survey.RetestItem) []string {
			return []string{items[0].Period.Ends, items[0].Display(), q.view.Matrix.Words().Text("content.listed_by", items[0].Release.Title(), strconv.Itoa(len(items)-1))}
		})}, nil
	case plain.TypePlan:
		made, err := plan.New(plan.Question{Release: u.Release, Strategy: plan.Pairwise, Kinds: u.Kinds})
		if err != nil {
			return nil, err
		}
		return &Content{Summary: made.Summary(), Rows: firstRows(made.Environments, func(e []*compat.Listing) []string { return wire.Each(e, (*compat.Listing).Display) }),
			Location: "/v1/products/" + url.PathEscape(q.Product) + "/releases/" + url.PathEscape(q.Release) + "/test-plan"}, nil
	case plain.TypeChanges:
		return q.tellChanges(u), nil
	case plain.TypeSources, plain.TypeCoverage:
		lacking := survey.Coverage(q.view.Matrix, q.view.Today, u.Product)
		return &Content{Summary: lacking.Summary(), Location: q.whole(string(u.Type)), Rows: firstRows(lacking.Overdue, func(s compat.Stale) []string {
			return []string{s.Source.Title, q.view.Matrix.Words().Text("content.due", s.Source.Due().String())}
		})}, nil
	}
	return nil, nil
}

// whole is the address of an operation, about the product and the release that are named, with
// further parameters, each a name and a value.
func (q *Question) whole(operation string, further ...string) string {
	query := url.Values{}
	for pair := range slices.Chunk(append(further, "product", q.Product, "release", q.Release), 2) {
		if pair[1] != "" {
			query.Set(pair[0], pair[1])
		}
	}
	return strings.TrimRight("/v1/"+operation+"?"+strings.TrimPrefix(query.Encode()+q.view.Moment.Query(), "&"), "?")
}

// firstRows are the rows of the first items, as many as are told.
func firstRows[T any](items []T, row func(T) []string) [][]string {
	return wire.Each(items[:min(len(items), MaxFound)], row)
}

// tellChanges tells what vendors changed since the time that is named. One that is no such time
// is not understood, and no changes are told for it.
func (q *Question) tellChanges(u *plain.Understanding) *Content {
	since, v := fact.Day(0), q.view
	words := v.Matrix.Words()
	if within, err := survey.ParseWithin(u.Span); err == nil {
		since = v.Today.After(-within.Years, -within.Months, -within.Days)
	}
	read := len(u.Unread)
	for _, text := range u.Times {
		day := dayIn(text, v.Today)
		if since = max(since, day); day == 0 {
			u.Unread = append(u.Unread, text)
		}
	}
	c, all := &Content{Location: q.whole("changes", "since", since.Text())}, v.History(q.Product, q.Release)
	switch {
	case len(u.Unread) > read:
		return &Content{Summary: words.Text("content.untimed"), Location: q.whole("changes")}
	case since > v.Today && len(all) > 0:
		c.Summary = words.Text("content.to_come", since.String(), all[0].Day.String())
		return c
	}
	all = slices.DeleteFunc(all, func(c *survey.Change) bool { return c.Day < since })
	c.Summary = words.Text("content.changes", strconv.Itoa(len(all)), since.Text())
	c.Rows = firstRows(all, func(c *survey.Change) []string { return []string{c.Day.String(), c.Summary()} })
	return c
}

// dayLayouts are the forms of a day that are read, their words cut to three letters.
var dayLayouts = []string{time.DateOnly, "2 Jan 2006", "Jan 2 2006", "Jan 2006", "Jan", "2006"}

// daysBefore are words for days, and how many days before today those are.
var daysBefore = map[string]int{"today": 0, "yesterday": 1}

// dayIn reads the day of "since 1 June", the last one where no year is named; 0 where a text is
// none.
func dayIn(text string, today fact.Day) fact.Day {
	words := strings.Fields(strings.ReplaceAll(strings.ToLower(text), ",", " "))
	if len(words) > 1 && slices.Contains([]string{"since", "after", "from"}, words[0]) {
		words = words[1:]
	}
	if days, named := daysBefore[strings.Join(words, " ")]; named {
		return today.After(0, 0, -days)
	}
	for i, word := range words {
		if word[0] > '9' {
			words[i] = word[:min(len(word), len("Jan"))]
		}
	}
	text = strings.Join(words, " ")
	for _, layout := range dayLayouts {
		at, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		if at.Year() == 0 {
			at = at.AddDate(today.Begins().Year(), 0, 0)
			if fact.DayOf(at) > today {
				at = at.AddDate(-1, 0, 0)
			}
		}
		return fact.DayOf(at)
	}
	return 0
}
