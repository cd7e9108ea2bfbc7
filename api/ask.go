package api

import (
	"bytes"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plain"
	"github.com/testedon/testedon/compat/survey"
)

// Asked is the answer to a question in plain words: what [appendAsked] writes.
type Asked struct {
	// Type is what is asked for. Beside a verdict (check) it is what a release lists of some kinds, what it needs, where it listens, what changes between two releases, which releases an environment is tested for (find), or what looks at the whole record: what to test again (retest) or with (plan), what vendors changed (changes), where things are written (sources), and what the record lacks (coverage). Where something has to be decided first it is ambiguous, and where something is not named, unknown.
	Type       string     `json:"type" example:"check" enums:"check,list,requirements,ports,compare,find,retest,plan,changes,sources,coverage,ambiguous,unknown"`
	Understood Understood `json:"understood"`
	// Summary is a few plain sentences: what was assumed, the answer, or what has to be decided before there can be one.
	Summary string `json:"summary" example:"Red Hat Enterprise Linux 9 is listed as tested for WSO2 Micro Integrator 4.4.0."`
	// Answer is the verdict; missing where none is asked for, or something has to be decided or is not named.
	Answer *answers.Answer `json:"answer,omitempty"`
	// Check is the address that answers for what was understood; missing where there is no answer.
	Check string `json:"check,omitempty" example:"/v1/check?product=mi&release=4.4.0&os=rhel%3A9" format:"uri-reference"`
	// List is what the release lists; as each of the following, there only where it is asked for.
	List *ReleaseList `json:"list,omitempty"`
	// Requirements are those that `/v1/products/{product}/releases/{release}/requirements` answers.
	Requirements *Requirements `json:"requirements,omitempty"`
	// Ports are those that `/v1/products/{product}/releases/{release}/ports` answers.
	Ports *Ports `json:"ports,omitempty"`
	// Compare is what `/v1/compare` answers.
	Compare *Comparison `json:"compare,omitempty"`
	// Find is what `/v1/find` answers, of the releases that are named where some are.
	Find *Findings `json:"find,omitempty"`
	// Rows are the first rows of what is asked for where no other member has it: what to test again (retest) or with (plan), what vendors changed (changes), where things are written (sources), or what the record lacks (coverage). `address` answers it in full.
	Rows [][]string `json:"rows,omitempty" validate:"max=20"`
	// Address answers the same as what stands in the member of the type; missing where none does.
	Address   string               `json:"address,omitempty" example:"/v1/products/ei/releases/6.3.0/ports" format:"uri-reference"`
	Catalogue answers.CatalogueRef `json:"catalogue"`
} // @name Asked

// ReleaseList is what a release lists of the kinds that are asked for.
type ReleaseList struct {
	ReleaseName
	// Summary says it in a sentence for each kind; also that the documents say nothing, where they do not.
	Summary string `json:"summary" example:"WSO2 Micro Integrator 4.4.0 lists as operating systems: Red Hat Enterprise Linux 9."`
	// AsOf is the past day that was asked about; missing for today.
	AsOf string `json:"as_of,omitempty" example:"2026-09-01" format:"date"`
	// Kinds are in order, as in `/v1/products/{product}/releases/{release}`.
	Kinds []KindListings `json:"kinds" validate:"max=1000"`
} // @name ReleaseListings

// Understood is what was made of the words.
type Understood struct {
	// Product is the id of the product; missing where none is named, or several are.
	Product string `json:"product,omitempty" example:"mi"`
	// Release is the version of the release; missing where that has to be decided.
	Release string `json:"release,omitempty" example:"4.4.0"`
	// Assumed says why it is this release, where the words do not name it in full.
	Assumed string `json:"assumed,omitempty" example:"No release is named, so the latest of WSO2 Micro Integrator is assumed: 4.4.0."`
	// Environment has one member for each kind of component that is named.
	Environment map[string][]UnderstoodComponent `json:"environment"`
	// Tokens are the whole text but for its blanks, in order.
	Tokens []Token `json:"tokens" validate:"max=1000"`
	// Ignored are the words that are neither understood nor words of a question. An answer with any does not pass.
	Ignored []string `json:"ignored" example:"nginx" validate:"max=1000"`
	// Ambiguous are the parts that cannot be taken as they stand, in order. Nothing is guessed.
	Ambiguous []Ambiguity `json:"ambiguous" validate:"max=1000"`
	// LeftOut is what the words plainly leave out, and is asked about nowhere.
	LeftOut []string `json:"left_out" example:"without Oracle 19c" validate:"max=1000"`
	// Missing is what is not named at all.
	Missing []string `json:"missing" example:"product" enums:"product,environment" validate:"max=2"`
} // @name Understood

// UnderstoodComponent is a technology and versions that the words name.
type UnderstoodComponent struct {
	// Technology is its id; missing where the text could not be read, which the answer says.
	Technology string `json:"technology,omitempty" example:"rhel"`
	// Version is in the technology's notation; missing where every version is meant.
	Version string `json:"version,omitempty" example:"9"`
	// Text is the words it was read from.
	Text string `json:"text" example:"RHEL 9"`
} // @name UnderstoodComponent

// Token is a part of the text.
type Token struct {
	Text string `json:"text" example:"RHEL"`
	// As is what it was taken for: a part of a name that nothing here has is unknown, and a word that is not understood is ignored.
	As string `json:"as" example:"technology" enums:"product,release,technology,version,kind,separator,word,unknown,ignored"`
} // @name Token

// Ambiguity is a part of the text that cannot be taken as it stands.
type Ambiguity struct {
	Text string `json:"text" example:"Oracle 21"`
	// Reason says why.
	Reason string `json:"reason" example:"it may mean more than one technology"`
	// Readings are what it may mean, or come close to what it says.
	Readings []Reading `json:"readings" validate:"max=1000"`
} // @name Ambiguity

// Reading is one thing that an ambiguous text may mean: a technology, or a
// product and perhaps a release of it.
type Reading struct {
	// Kind is that of the technology; missing for a product.
	Kind string `json:"kind,omitempty" example:"dbms"`
	// Technology is its id; missing for a product.
	Technology string `json:"technology,omitempty" example:"oracle-database"`
	// Version is in the technology's notation; missing where every version is meant.
	Version string `json:"version,omitempty" example:"21c"`
	// Product is its id; missing for a technology.
	Product string `json:"product,omitempty" example:"mi"`
	// Release is a version of the product.
	Release string `json:"release,omitempty" example:"4.4.0"`
	// Name is it in words.
	Name string `json:"name" example:"Oracle Database 21c"`
	// Text, in place of the ambiguous text, asks for just this.
	Text string `json:"text" example:"oracle-database:21c"`
	// Check is the address that answers for this reading and what else was understood; missing where that is not enough for a question.
	Check string `json:"check,omitempty" example:"/v1/check?product=mi&release=4.4.0&dbms=oracle-database%3A21c" format:"uri-reference"`
} // @name Reading

// askParams are a question in plain words.
type askParams struct {
	// The question, in up to 1000 characters.
	Q string `query:"q" required:"true" longest:"1000" example:"is RHEL 9 + Corretto 21 + Postgres 17.2 tested for MI 4.4.0"`
	question.Bar
}

var askTable = wire.TableOf[askParams]()

// @Summary		Ask in plain words
// @Description	Reads a question as people write it, and answers it as the operation does that answers the same: `/v1/check` where an environment is asked about, in `answer`; else what a release lists, needs or listens on, what changes between two releases, or which releases an environment is tested for, in the member named as the `type`; or what looks at the whole record, in `rows`. Products, technologies and kinds may stand in any order, under any of their names, their versions glued or apart. Where no release is named, the latest is assumed, and `assumed` says so.
// @Description
// @Description	`understood` shows what each part of the text was taken for. Nothing is guessed: what may mean several things, or comes close to a name, is in `ambiguous` with its readings, and there is no answer until that is decided. Nothing is passed over but the words of a question: a word beside a name makes it another thing, which is `unresolved`, and with a word elsewhere that is not understood (`ignored`, and `unread` of the answer) the answer does not pass.
// @Description
// @Description	With `Accept: text/plain` the answer is a text as that of `/v1/check`; where there is no verdict its first line is the type, or `fail unanswered`.
// @Tags			check
// @ID				ask
// @Success		200		{object}	Asked	"What was understood, and the answer"
// @Header			200	{string}	X-TestedOn-Verdict	"The verdict, and whether it passes; left out where there is no answer"
// @Router			/v1/ask [get]
func (s *Server) ask(c echo.Context) error {
	v, err := s.view(c)
	if err != nil {
		return err
	}
	q := v.Ask()
	defer q.Done()
	in, err := wire.ReadInput(c, askTable.Params...)
	if err != nil {
		return err
	}
	asked, err := askTable.Read(in)
	if err != nil {
		return err
	}
	q.Bar = asked.Bar
	require, err := q.Requirement()
	switch {
	case err != nil:
		return err
	case len(in.Query["q"]) == 0:
		return fact.Refuse("q", "parameter.missing", "q").Advise("words.hint", v.ExampleWords())
	}
	if err := question.CheckWords("q", asked.Q); err != nil {
		return err
	}
	u := plain.Understand(v.Matrix, asked.Q)
	var answered bool
	understood := func(echo.Context) (err error) {
		answered, err = q.Understood(u, require)
		return err
	}
	if u.IsWhole() {
		understood = s.limits.Expensive(understood)
	}
	if err := understood(c); err != nil {
		return err
	}
	answer := &q.Answer
	if answered {
		question.TellVerdict(c, answer)
	} else {
		answer = nil
	}
	content, err := contentOf(v, wire.Input{Context: c}, u, q)
	if err != nil {
		return err
	}
	tell(c, v, wire.NewFingerprint.Add("ask").Add(asked.Q).Add(q.Require), func(dst []byte) []byte { return answers.AppendPlainAsked(dst, v.Matrix.Words(), u, q, answer) },
		func(dst []byte) []byte { return appendAsked(dst, v, u, q, answer, content) })
	return nil
}

// contentOf is what is asked for in place of a verdict, as the operation gives it that answers
// the same; nil where a verdict is asked for.
func contentOf(v *view, in wire.Input, u *plain.Understanding, q *question.Question) (*wire.File, error) {
	switch content := q.Content; u.Type {
	case plain.TypeList:
		return wire.JSON(ReleaseList{ReleaseName{u.Product.ID, u.Release.Version}, content.Summary, v.Moment.AsOfText(), wire.Each(content.List.Kinds, func(k survey.KindListed) KindListings {
			return KindListings{Kind: k.ID, Name: k.Name, Listed: wire.Each(k.Listings, v.ListingOf)}
		})}), nil
	case plain.TypeRequirements:
		return listReleaseRequirements(v, in, u.Release, requirementParams{Instances: 1})
	case plain.TypePorts:
		return listReleasePorts(v, in, u.Release, portParams{})
	case plain.TypeCompare:
		return wire.Written(wire.TypeJSON, func(dst []byte) []byte { return appendComparison(dst, v, v, content.Comparison) }), nil
	case plain.TypeFind:
		return wire.Written(wire.TypeJSON, func(dst []byte) []byte {
			return appendFindings(dst, v, q, content.Finding, question.MaxFound)
		}), nil
	}
	return nil, nil
}

// appendAsked appends the answer to a question in plain words and a line break; answer
// is nil where there is no verdict, and content where there is nothing else.
func appendAsked(dst []byte, v *view, u *plain.Understanding, q *question.Question, answer *compat.Answer, content *wire.File) []byte {
	dst = wire.AppendField(dst, `{"type":`, string(u.Type))
	dst = wire.AppendValue(append(dst, `,"understood":`...), understood(u, q))
	dst = wire.AppendField(dst, `,"summary":`, q.Said(u, answer))
	if answer != nil {
		dst = v.AppendAnswer(append(dst, `,"answer":`...), answer)
		dst = wire.AppendField(dst, `,"check":`, q.Location())
	}
	if content != nil {
		dst, _ = content.Append(append(dst, `,"`+string(u.Type)+`":`...)) // what is kept in memory cannot fail
		dst = bytes.TrimRight(dst, "\n")
	} else if q.Content != nil && len(q.Content.Rows) > 0 {
		dst = wire.AppendValue(append(dst, `,"rows":`...), q.Content.Rows)
	}
	if q.Content != nil {
		dst = wire.AppendOptional(dst, `,"address":`, q.Content.Location)
	}
	dst = wire.AppendValue(append(dst, `,"catalogue":`...), v.Catalogue)
	return append(dst, "}\n"...)
}

// understood gives what was understood as callers see it.
func understood(u *plain.Understanding, q *question.Question) Understood {
	all := Understood{
		Product: q.Product, Release: q.Release, Assumed: u.Assumed,
		Environment: map[string][]UnderstoodComponent{},
		Tokens:      wire.Each(u.Tokens, func(t plain.Token) Token { return Token{t.Text, string(t.As)} }),
		Ignored:     wire.Each(u.Unread, func(word string) string { return word }),
		LeftOut:     wire.Each(u.Left, func(text string) string { return text }),
		Missing:     wire.Each(u.Missing, func(what string) string { return what }),
		Ambiguous: wire.Each(u.Ambiguous, func(a plain.Ambiguity) Ambiguity {
			return Ambiguity{a.Text, a.Reason, wire.Each(a.Readings, func(r plain.Reading) Reading { return reading(q, r) })}
		}),
	}
	for i := range u.Components {
		c := &u.Components[i]
		known := UnderstoodComponent{Version: c.VersionText(), Text: c.Text}
		if c.Technology != nil {
			known.Technology = c.Technology.ID
		}
		all.Environment[c.Kind] = append(all.Environment[c.Kind], known)
	}
	return all
}

// reading gives one thing that a text may mean, with the question that it leads
// to.
func reading(q *question.Question, r plain.Reading) Reading {
	then := *q
	if r.Product != "" {
		then.Product, then.Release = r.Product, r.Release
	} else {
		then.Asked = append(q.Asked[:len(q.Asked):len(q.Asked)], compat.Asked{Kind: r.Kind, Text: r.Text})
	}
	read := Reading{Kind: r.Kind, Technology: r.Technology, Version: r.Version, Product: r.Product, Release: r.Release, Name: r.Display, Text: r.Text}
	if then.Product != "" && then.Release != "" && len(then.Asked) > 0 {
		read.Check = then.Location()
	}
	return read
}
