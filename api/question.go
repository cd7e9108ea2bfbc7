package api

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

// The parameters of the check endpoint beside the kinds. Those of resources but
// the deployment are the amounts that may be asked about.
var (
	questionFields = []string{"product", "release", "require"}
	resourceFields = append(wire.Each(requirement.Askable, func(r fact.Resource) string { return string(r) }), "deployment")
)

// maxComponents is how many components one environment may have.
const maxComponents = 32

// maxOffered is how many names are offered for a parameter that is missing.
const maxOffered = 5

// question is a question as it came in, its values checked, its components not
// yet read.
type question struct {
	view                      *View
	product, release, require string
	resources                 []string // as asked, in the order of resourceFields; empty where not
	asked                     []compat.Asked
	texts                     []string           // as machines print them
	unread                    []string           // parameters of an address that are not understood
	detected                  *detect.Result     // in texts; nil where there are none
	components                []compat.Component // of asked, once read
	answer                    compat.Answer
}

// questions keeps the memory of questions that are answered.
var questions = sync.Pool{New: func() any { return &question{resources: make([]string, len(resourceFields))} }}

// newQuestion is a question whose memory [question.done] gives back.
func newQuestion(v *View) *question {
	q := questions.Get().(*question)
	q.view = v
	return q
}

// done gives the memory of a question back. It lets go of the catalogue that
// the components and the answer refer to.
func (q *question) done() {
	clear(q.components)
	clear(q.resources)
	q.answer.Clear()
	*q = question{resources: q.resources, asked: q.asked[:0], components: q.components[:0], answer: q.answer}
	questions.Put(q)
}

// fromQuery reads the parameters of GET /v1/check.
func (q *question) fromQuery(raw string) error {
	return q.read(raw, q.field, q.view.parameters)
}

// read reads a query string in which each kind is a parameter, and field is where
// the value of any other belongs. All are known.
func (q *question) read(raw string, field func(name string) *string, known []string) error {
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

// field is where the value of a parameter that is no kind belongs; nil for any
// other name.
func (q *question) field(name string) *string {
	switch name {
	case "product":
		return &q.product
	case "release":
		return &q.release
	case "require":
		return &q.require
	}
	for i := range resourceFields {
		if name == resourceFields[i] {
			return &q.resources[i]
		}
	}
	return nil
}

// ask adds a component; field names its place in an error.
func (q *question) ask(kind, field, text string) error {
	if err := wire.CheckText(field, text); err != nil {
		return err
	}
	if len(q.asked) == maxComponents {
		return fact.Invalid(field, "Ask about one environment at a time.",
			"The environment has more than %d components", maxComponents)
	}
	q.asked = append(q.asked, compat.Asked{Kind: kind, Text: text})
	return nil
}

// resolve checks that nothing is missing and reads the components.
func (q *question) resolve() (compat.Question, error) {
	require, err := q.requirement()
	if err != nil {
		return compat.Question{}, err
	}
	if err := q.complete(); err != nil {
		return compat.Question{}, err
	}
	resources, err := q.readResources()
	if err != nil {
		return compat.Question{}, err
	}
	q.readComponents()
	asked := compat.Question{Product: q.product, Release: q.release, Components: q.components, Require: require, Resources: resources}
	asked.Unread = q.unread
	if q.detected != nil {
		asked.Unread = append(asked.Unread, q.detected.Unread...)
	}
	return asked, nil
}

// check resolves the question and answers it.
func (q *question) check() error {
	asked, err := q.resolve()
	if err != nil {
		return err
	}
	return q.view.Check(asked, &q.answer)
}

// readResources reads what the question says of resources; nil where it says
// nothing.
func (q *question) readResources() (*requirement.ResourcesAsked, error) {
	if !slices.ContainsFunc(q.resources, isGiven) {
		return nil, nil
	}
	asked := &requirement.ResourcesAsked{Deployment: q.resources[len(requirement.Askable)]}
	for i, resource := range requirement.Askable {
		if q.resources[i] == "" {
			continue
		}
		amount, err := requirement.ReadAmount(resource, q.resources[i])
		if err != nil {
			return nil, err
		}
		asked.Amounts = append(asked.Amounts, amount)
	}
	return asked, nil
}

func isGiven(value string) bool { return value != "" }

// readComponents reads what is asked for, and arranges it, so that questions that
// differ in nothing else have one answer, one tag and one address.
func (q *question) readComponents() {
	for _, asked := range q.asked {
		q.components = append(q.components, q.view.Resolve(asked))
	}
	q.components = q.view.Arrange(q.components)
	q.asked = q.asked[:0]
	for i := range q.components {
		q.asked = append(q.asked, compat.Asked{Kind: q.components[i].Kind, Text: q.components[i].Text})
	}
}

// requirement reads the bar the caller sets.
func (q *question) requirement() (compat.Require, error) { return readRequire(q.require) }

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
func (q *question) complete() error {
	switch {
	case q.product == "":
		return missing("product", fact.AllProducts, q.view.productIDs())
	case q.release == "":
		product, err := q.view.Product(q.product)
		if err != nil {
			return err
		}
		return missing("release", fact.AllReleases, versions(product.Releases()))
	case len(q.asked) == 0 && !slices.ContainsFunc(q.resources[:len(requirement.Askable)], isGiven):
		if q.detected != nil {
			return q.nothingDetected()
		}
		return q.nothingAsked()
	}
	return nil
}

// missing reports a parameter that is needed and offers what exists.
func missing(field string, topic fact.Topic, known []string) error {
	e := fact.Invalid(field, "", "The parameter %s is missing", field)
	e.Candidates, e.See = known[:min(len(known), maxOffered)], topic
	if len(known) > 0 {
		e.Hint = "Add " + field + ", for example " + field + "=" + known[0]
	}
	return e
}

// nothingAsked reports a question without any component or amount and tells
// which kinds the release lists.
func (q *question) nothingAsked() error {
	release, err := q.view.Release(q.product, q.release)
	if err != nil {
		return err
	}
	kinds := []string{}
	for _, l := range release.Listings() {
		if !slices.Contains(kinds, q.view.word(l.Tech.Kind)) {
			kinds = append(kinds, q.view.word(l.Tech.Kind))
		}
	}
	e := fact.Invalid("environment", "Add what you run on"+q.view.exampleComponent()+", or what it offers, such as memory=4GB. "+
		release.Of().Name+" "+release.Version+" lists: "+strings.Join(kinds, ", ")+".", "The question names no component and no resource")
	e.Candidates = kinds
	return e
}

// fingerprint tells this question from any other.
func (q *question) fingerprint() wire.Fingerprint {
	f := wire.NewFingerprint.Add(q.product).Add(q.release).Add(q.require)
	for i := range q.asked {
		f = f.Add(q.asked[i].Kind).Add(q.asked[i].Text)
	}
	for i, value := range q.resources {
		if value != "" {
			f = f.Add(resourceFields[i]).Add(value)
		}
	}
	for _, text := range q.texts {
		f = f.Add("texts").Add(text)
	}
	return f
}

// location is the address that answers the same question to GET.
func (q *question) location() string { return "/v1/check?" + q.query() }

// query is the question as the parameters of an address.
func (q *question) query() string {
	return "product=" + url.QueryEscape(q.product) + "&release=" + url.QueryEscape(q.release) + q.environment()
}

// environment is what the question asks about, and what passes, as parameters that
// follow others: each begins with the sign between them.
func (q *question) environment() string {
	var b strings.Builder
	for _, asked := range q.asked {
		b.WriteString("&" + url.QueryEscape(q.view.word(asked.Kind)) + "=" + url.QueryEscape(asked.Text))
	}
	for i, value := range q.resources {
		if value != "" {
			b.WriteString("&" + resourceFields[i] + "=" + url.QueryEscape(value))
		}
	}
	if q.require != "" {
		b.WriteString("&require=" + url.QueryEscape(q.require))
	}
	return b.String()
}

// place names an item of a list in an error: "environment.dbms[1]".
func place(field string, index int) string { return field + "[" + strconv.Itoa(index) + "]" }

// answerNow answers the question, and settles it.
func (q *question) answerNow() error {
	if err := q.check(); err != nil {
		return err
	}
	q.settle()
	return nil
}

// settle gives an answered question the names that the catalogue has, so that equal
// questions have one address.
func (q *question) settle() {
	q.product, q.release = q.answer.Product.ID, q.answer.Release.Version
	if q.require == string(fact.Tested) {
		q.require = "" // which means the same
	}
}

// fromPage reads the question of a form.
func (q *question) fromPage(values map[string][]string) error {
	for _, name := range slices.Concat(questionFields, resourceFields) {
		if given := values[name]; len(given) > 1 {
			return wire.MoreThanOnce(name)
		} else if len(given) == 1 {
			if err := wire.SetOnce(q.field(name), name, given[0]); err != nil {
				return err
			}
		}
	}
	for i, id := range q.view.kinds {
		if len(q.view.askedAs(id)) == 0 {
			continue
		}
		for _, text := range values[q.view.words[i]] {
			if err := q.ask(id, q.view.words[i], text); err != nil {
				return err
			}
		}
	}
	return nil
}

// weigh reads the bar that a caller sets, and the components.
func (q *question) weigh(in wire.Input) (compat.Require, error) {
	q.require = in.One("require")
	require, err := q.requirement()
	if err != nil {
		return require, err
	}
	q.readComponents()
	return require, nil
}

// compare compares two releases of a product on the day of the view.
func (q *question) compare(product, from, to string, require compat.Require) (*survey.Comparison, error) {
	asked := survey.CompareQuestion{Components: q.components, Require: require, Today: q.view.today}
	var err error
	if asked.From, err = q.view.Release(product, from); err != nil {
		return nil, renamed(err, "from")
	}
	if asked.To, err = q.view.Release(product, to); err != nil {
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
