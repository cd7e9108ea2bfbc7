package question

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/detect"
)

// Params are the parameters of a question.
type Params struct {
	// The product: id, name or alias.
	Product string `query:"product" required:"true" example:"mi"`
	// The release: version or alias.
	Release string `query:"release" required:"true" example:"4.4.0"`
	Kinds
	// How many processor cores the environment offers, such as `2`, `0.5` or, in thousandths as Kubernetes writes them, `500m`.
	Cores string `query:"cores"`
	// How much memory it offers, such as `4GB` or `2048 MiB`. Units are B, kB, MB, GB, TB, KiB, MiB, GiB and TiB.
	Memory string `query:"memory"`
	// How much free disk space it offers, in the units of memory.
	Disk string `query:"disk"`
	// The way in which the release is to run: id, name or alias. `/v1/products/{product}/releases/{release}/requirements` lists them.
	Deployment string `query:"deployment"`
	Bar
}

// Kinds are the components of an environment.
type Kinds struct {
	// One parameter for each kind of component.
	ByKind []string `query:"kinds" each:"true"`
}

// Bar is what passes.
type Bar struct {
	// What passes: the worst verdict that does (`tested`, `compatible` or `conditional`), and besides, apart by commas, `exact` (every match must be exact) and `combination` (the environment must be on record as passed). Without a verdict it is the product's own, which is `tested` unless the product says otherwise.
	Require string `query:"require" example:"tested"`
}

// ParamTable says which these are.
var ParamTable = wire.TableOf[Params]()

// Choice is what is wanted of the answer.
type Choice struct {
	// Only these members of the answer, required or not, apart by commas; with a dot, members of an object or a list within: `verdict,components.verdict`. By default all but `sources`.
	Fields string `query:"fields" longest:"1000"`
}

// ChoiceParams are the parameters of a choice.
var ChoiceParams = wire.TableOf[Choice]().Params

// The names of the parameters beside the kinds. Those of resources but the deployment are
// the amounts that may be asked about, in the order of [requirement.Askable].
var (
	names          = wire.NamesOf(ParamTable.Params)
	ResourceFields = names[2 : len(names)-1]
	Fields         = append(names[:2:2], names[len(names)-1])
)

// values are where the values of the names belong, in their order.
func (p *Params) values() [7]*string {
	return [...]*string{&p.Product, &p.Release, &p.Cores, &p.Memory, &p.Disk, &p.Deployment, &p.Require}
}

// Resources are what the question says of resources, in the order of [ResourceFields].
func (p *Params) Resources() [4]string { return [...]string{p.Cores, p.Memory, p.Disk, p.Deployment} }

// maxComponents is how many components one environment may have.
const maxComponents = 32

// MaxOffered is how many names are offered for a parameter that is missing.
const MaxOffered = 5

// Question is a question as it came in, its values checked, its components not yet read.
type Question struct {
	view *View
	Params
	Asked    []compat.Asked
	texts    []string       // as machines print them
	Unread   []string       // parameters of an address that are not understood
	Detected *detect.Result // in texts; nil where there are none
	// Contradictions are sentences about what the texts name that is not asked about.
	Contradictions []string
	Components     []compat.Component // of asked, once read
	Answer         compat.Answer
	Content        *Content // what a question in plain words asks for in place of a verdict; nil for one
}

// questions keeps the memory of questions that are answered.
var questions = sync.Pool{New: func() any { return &Question{} }}

// Ask begins a question whose memory [Question.Done] gives back.
func (v *View) Ask() *Question {
	q := questions.Get().(*Question)
	q.view = v
	return q
}

// Done gives the memory of a question back. It lets go of the catalogue that
// the components and the answer refer to.
func (q *Question) Done() {
	clear(q.Components)
	q.Answer.Clear()
	*q = Question{Asked: q.Asked[:0], Components: q.Components[:0], Answer: q.Answer}
	questions.Put(q)
}

// FromQuery reads the parameters of GET /v1/check.
func (q *Question) FromQuery(raw string) error {
	return q.Read(raw, q.field, q.view.Parameters)
}

// Read reads a query string in which each kind is a parameter, and field is where
// the value of any other belongs. All are known.
func (q *Question) Read(raw string, field func(name string) *string, known []string) error {
	return wire.ReadQuery(raw, func(name, value string) error {
		if target := field(name); target != nil {
			return wire.SetOnce(target, name, value)
		}
		kind := q.view.Kind(name)
		if kind == nil {
			return wire.Unknown("parameter", name, known)
		}
		return q.ask(kind.ID, name, value)
	})
}

// field is where the value of a parameter belongs that is no kind; nil for any other name.
func (q *Question) field(name string) *string {
	for i := range names {
		if name == names[i] {
			return q.values()[i]
		}
	}
	return nil
}

// ask adds a component; field names its place in an error.
func (q *Question) ask(kind, field, text string) error {
	if err := wire.CheckText(field, text); err != nil {
		return err
	}
	if len(q.Asked) == maxComponents {
		return fact.Refuse(field, "environment.large", maxComponents)
	}
	q.Asked = append(q.Asked, compat.Asked{Kind: kind, Text: text})
	return nil
}

// Check answers the question: nothing may be missing, and the components are read.
func (q *Question) Check() error {
	require, err := q.Requirement()
	if err != nil {
		return err
	}
	if err := q.complete(); err != nil {
		return err
	}
	resources, err := q.readResources()
	if err != nil {
		return err
	}
	q.ReadComponents()
	asked := compat.Question{Product: q.Product, Release: q.Release, Components: q.Components, Require: require, Resources: resources}
	asked.Unread = q.Unread
	if q.Detected != nil {
		asked.Unread = append(asked.Unread, q.Detected.Unread...)
	}
	return q.view.Check(asked, &q.Answer)
}

// readResources reads what the question says of resources; nil where it says nothing.
func (q *Question) readResources() (*requirement.ResourcesAsked, error) {
	given := q.Resources()
	if given == [len(given)]string{} {
		return nil, nil
	}
	asked := &requirement.ResourcesAsked{Deployment: q.Deployment}
	for i, resource := range requirement.Askable {
		if given[i] == "" {
			continue
		}
		amount, err := requirement.ReadAmount(resource, given[i])
		if err != nil {
			return nil, err
		}
		asked.Amounts = append(asked.Amounts, amount)
	}
	return asked, nil
}

// ReadComponents reads what is asked for, and arranges it, so that questions that
// differ in nothing else have one answer, one tag and one address.
func (q *Question) ReadComponents() {
	for _, asked := range q.Asked {
		q.Components = append(q.Components, q.resolve(asked))
	}
	q.Components = q.view.Arrange(q.Components)
	q.Asked = q.Asked[:0]
	for i := range q.Components {
		q.Asked = append(q.Asked, compat.Asked{Kind: q.Components[i].Kind, Text: q.Components[i].Text})
	}
}

// printedSigns are signs of which every text has one that only a machine prints.
const printedSigns = "/:-_(,=\""

// keptComponents is how many texts are kept with what they mean; each has some 300 bytes.
const keptComponents = 1024

// resolve gives what a component that is asked for means.
func (q *Question) resolve(asked compat.Asked) compat.Component {
	return q.view.components.Get(asked, func() compat.Component { return q.view.read(asked) })
}

// read reads a component that is asked for, as a person writes it or as a machine prints it:
// the name of an image or of a package, a banner. What prints more than it is not read. Of the
// name of a package, which may begin as people write, the version of the package counts.
func (v *View) read(asked compat.Asked) compat.Component {
	c := v.Resolve(asked)
	pack := !strings.Contains(asked.Text, " ") && strings.Count(asked.Text, "-") > 1
	if read := c.Technology != nil || c.Shared; read && !pack || !strings.ContainsAny(asked.Text, printedSigns) {
		return c
	}
	printed := detect.Read(v.Matrix, []string{asked.Text})
	if len(printed.Found) != 1 || len(printed.Unrecognised) > 0 {
		return c
	}
	found := &printed.Found[0]
	if from := found.From; found.Kind != c.Kind || from == "words" || c.Technology != nil && from != "package" {
		return c
	}
	c = v.Resolve(found.Asked)
	c.Text = asked.Text
	return c
}

// Requirement reads the bar the caller sets.
func (q *Question) Requirement() (compat.Require, error) { return readRequire(q.Require) }

func readRequire(text string) (compat.Require, error) {
	require, err := compat.ParseRequire(text)
	if err != nil {
		e := *wire.AsError(err)
		e.Field = "require"
		return compat.Require{}, &e
	}
	return require, nil
}

// complete reports what a question cannot do without.
func (q *Question) complete() error {
	switch {
	case q.Product == "":
		if named := q.namedProducts(); len(named) > 1 {
			return undecided("product", named)
		}
		return Missing("product", fact.AllProducts, q.view.ProductIDs())
	case q.Release == "":
		product, err := q.view.Product(q.Product)
		if err != nil {
			return err
		}
		if named := q.namedReleases(product); len(named) > 1 {
			return undecided("release", named)
		}
		return Missing("release", fact.AllReleases, Versions(product.Releases()))
	case len(q.Asked) == 0 && q.Cores == "" && q.Memory == "" && q.Disk == "":
		if q.Detected != nil {
			lines := q.Detected.Unrecognised
			return fact.Refuse("texts", "texts.nothing", strings.Join(lines[:min(len(lines), maxTold)], "; "))
		}
		return q.nothingAsked()
	}
	return nil
}

// Missing reports a parameter that is needed and offers what exists.
func Missing(field string, topic fact.Topic, known []string) error {
	e := fact.Refuse(field, "parameter.missing", field)
	e.Candidates, e.See = known[:min(len(known), MaxOffered)], topic
	if len(known) > 0 {
		e = e.Advise("parameter.add", field, known[0])
	}
	return e
}

// undecided reports a parameter that is missing, and of which texts name several values.
func undecided(field string, named []string) error {
	e := fact.Refuse(field, "texts.several", fact.Enumerate(named), field)
	e.Candidates = named
	return e
}

// nothingAsked reports a question without any component or amount.
func (q *Question) nothingAsked() error {
	release, err := q.view.Release(q.Product, q.Release)
	if err != nil {
		return err
	}
	kinds := []string{}
	for _, l := range release.Listings() {
		kinds = fact.AppendNew(kinds, q.view.Word(l.Tech.Kind))
	}
	e := fact.Refuse("environment", "environment.empty", q.view.ExampleComponent(), release.Of().Name+" "+release.Version, strings.Join(kinds, ", "))
	e.Candidates = kinds
	return e
}

// Fingerprint tells this question from any other.
func (q *Question) Fingerprint() wire.Fingerprint {
	f := wire.NewFingerprint.Add(q.Product).Add(q.Release).Add(q.Require)
	for i := range q.Asked {
		f = f.Add(q.Asked[i].Kind).Add(q.Asked[i].Text)
	}
	for i, value := range q.Resources() {
		if value != "" {
			f = f.Add(ResourceFields[i]).Add(value)
		}
	}
	for _, text := range q.texts {
		f = f.Add("texts").Add(text)
	}
	return f
}

// Location is the address that answers the same question to GET.
func (q *Question) Location() string { return "/v1/check?" + q.Query() }

// Query is the question as the parameters of an address.
func (q *Question) Query() string {
	return "product=" + url.QueryEscape(q.Product) + "&release=" + url.QueryEscape(q.Release) + q.Environment()
}

// Permanent is the question as the parameters of an address that names the day and the
// revision it is answered from, so that the answer stays as it is.
func (q *Question) Permanent() string {
	then := *q
	then.view = q.view.At(q.view.Today, Moment{AsOf: q.view.Today, Known: Revision{Number: q.view.Dataset().Revision}})
	return then.Query()
}

// Environment is what the question asks about, and what passes, as parameters that
// follow others: each begins with the sign between them.
func (q *Question) Environment() string {
	var b strings.Builder
	for _, asked := range q.Asked {
		b.WriteString("&" + url.QueryEscape(q.view.Word(asked.Kind)) + "=" + url.QueryEscape(asked.Text))
	}
	for i, value := range q.Resources() {
		if value != "" {
			b.WriteString("&" + ResourceFields[i] + "=" + url.QueryEscape(value))
		}
	}
	if q.Require != "" {
		b.WriteString("&require=" + url.QueryEscape(q.Require))
	}
	b.WriteString(q.view.Moment.Query())
	return b.String()
}

// place names an item of a list in an error: "environment.dbms[1]".
func place(field string, index int) string { return field + "[" + strconv.Itoa(index) + "]" }

// AnswerNow answers the question, and settles it.
func (q *Question) AnswerNow() error {
	if err := q.Check(); err != nil {
		return err
	}
	q.Settle()
	return nil
}

// Settle gives an answered question the names of the catalogue, so that equal ones have one address.
func (q *Question) Settle() {
	q.Product, q.Release = q.Answer.Product.ID, q.Answer.Release.Version
	if q.Require == string(fact.Tested) && q.Answer.Product.Require == "" {
		q.Require = "" // which means the same
	}
}

// FromPage reads the question of a form.
func (q *Question) FromPage(values map[string][]string) error {
	for _, name := range slices.Concat(Fields, ResourceFields) {
		if given := values[name]; len(given) > 1 {
			return wire.MoreThanOnce(name)
		} else if len(given) == 1 {
			if err := wire.SetOnce(q.field(name), name, given[0]); err != nil {
				return err
			}
		}
	}
	for i, id := range q.view.KindIDs {
		if !q.view.CanAsk(id) {
			continue
		}
		for _, text := range values[q.view.Words[i]] {
			if err := q.ask(id, q.view.Words[i], text); err != nil {
				return err
			}
		}
	}
	return nil
}

// Weigh reads the bar that a caller sets, and the components.
func (q *Question) Weigh(bar Bar) (compat.Require, error) {
	q.Bar = bar
	require, err := q.Requirement()
	if err != nil {
		return require, err
	}
	q.ReadComponents()
	return require, nil
}

// Compare compares two releases of a product, each as a view of the same facts on a day has it.
func (q *Question) Compare(product, from, to string, before, after *View, require compat.Require) (*survey.Comparison, error) {
	asked := survey.CompareQuestion{Components: q.Components, Require: require, Unread: q.Unread, FromAsOf: before.Moment.AsOf, ToAsOf: after.Moment.AsOf, Today: max(before.Today, after.Today)}
	var err error
	if asked.From, err = before.Release(product, from); err != nil {
		return nil, renamed(err, "from")
	}
	if asked.To, err = after.Release(product, to); err != nil {
		return nil, renamed(err, "to")
	}
	return survey.Compare(asked)
}

// renamed is an error about a release under the name of the parameter it came by.
func renamed(err error, field string) error {
	if e := *wire.AsError(err); e.Code == fact.CodeUnknownRelease {
		e.Field = field
		return &e
	}
	return err
}
