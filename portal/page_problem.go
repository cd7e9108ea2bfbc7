package portal

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/search"
	"github.com/testedon/testedon/message"
)

// Problem says why a question or an address cannot be answered, and what may help.
type Problem struct {
	Frame
	Heading    string // "Unknown release"
	Detail     string
	Hint       string
	Candidates []Candidate
	List       *Candidate // the list that has no such member; nil where there is none
	RequestID  string
	Words      string // to search for, where there is no such page
	Example    string // of a question in plain words
}

// Candidate is a name that may have been meant.
type Candidate struct {
	Text string
	Href string // where it leads; empty where it is but a name
}

// told is the page of what is wrong with a request.
func (s *Site) told(c wire.Context, err error) *Problem {
	e := wire.AsError(err)
	return s.problemPage(c, e, s.Explain(e, c))
}

// Tell tells a problem on a page, and reports whether it did: where a page is asked for,
// or nothing is served, and the client rather reads HTML. Where there is no route, none
// has set the policy.
func (s *Site) Tell(c wire.Context, e *fact.Error, p *wire.Problem) bool {
	if !s.drawn[c.Path()] && c.Path() != "" || !wire.Prefers(c.Request().Header["Accept"], "text/html") {
		return false
	}
	c.Response().Header()["Content-Security-Policy"] = pagePolicies
	page := s.problemPage(c, e, p)
	if e.Code == wire.CodeNoRoute { // which names routes of the API
		page.Title = page.words.Text("portal.problem.title")
		page.Heading, page.Detail, page.Hint, page.Candidates = page.Title, page.words.Text("portal.problem.path", wire.Quotable(c.Request().URL.Path)), "", nil
	}
	if _, asked := question.CutMoment(c.Request().URL.RawQuery); s.drawn[c.Path()] && asked+wire.Followed(c) != "" {
		page.Present = present(c)
	}
	if v, err := s.View(c); err == nil && p.Status == http.StatusNotFound {
		page.Example, page.RequestID = v.ExampleWords(), "" // nothing of it is in the log
		if words := strings.Join(wordsOf(c.Request().URL.Path), " "); wire.CheckText("path", words) == nil {
			page.Words = words
		}
		if page.List = listOver(v, c.Request().URL.Path); len(page.Candidates) == 0 && c.Param("code") == "" { // no page is called like a problem
			page.Candidates = pagesNear(v, c.Request().URL.Path)
		}
	}
	err := s.draw(c, page)
	if err != nil {
		s.Explain(wire.AsError(err), c) // which logs it
	}
	return err == nil
}

// listOver is the list whose members have the pages below a path; nil where there is none.
func listOver(v *question.View, path string) *Candidate {
	for _, list := range []string{"/products", "/technologies", "/problems"} {
		if strings.HasPrefix(path, list+"/") {
			return &Candidate{Text: v.Matrix.Words().Text("portal.problem.all", list), Href: list}
		}
	}
	return nil
}

// pagesNear gives the pages that may have been meant by a path: parts of the site that are
// called like it, then what a search for its words finds.
func pagesNear(v *question.View, path string) []Candidate {
	var near []Candidate
	list := listOver(v, path)
	for _, s := range Sections {
		if slices.Contains(fact.Closest(path, []string{s}), s) && s != "/" && (list == nil || s != list.Href) {
			near = append(near, Candidate{Text: v.Matrix.Words().Text("portal.nav", s), Href: s})
		}
	}
	for _, hit := range searchPath(v, path) {
		near = append(near, Candidate{Text: hit.Title(), Href: pageOf(hit)})
	}
	return near[:min(len(near), question.MaxOffered)]
}

// found searches for the words of a path: for all, then for those without the first, and
// so on, as what a path begins with says where it is and not what.
func searchPath(v *question.View, path string) []search.Hit {
	words := wordsOf(path)
	for i := range words {
		text := strings.Join(words[i:], " ")
		if wire.CheckText("path", text) != nil {
			return nil
		}
		hits := slices.DeleteFunc(search.Find(v.Matrix, text), func(h search.Hit) bool { // across two words of a name
			return h.Fit == compat.FitContains && !strings.Contains(strings.ToLower(h.Name), strings.ToLower(words[i]))
		})
		if len(hits) > 0 {
			return hits
		}
	}
	return nil
}

// wordsOf are the last words of a path.
func wordsOf(path string) []string {
	words := strings.FieldsFunc(path, func(r rune) bool { return strings.ContainsRune("/-_+ ", r) })
	return words[max(0, len(words)-question.MaxOffered):]
}

// pageOf is the page of what was found.
func pageOf(h search.Hit) string {
	switch {
	case h.Release != nil:
		return matrixPath(h.Release)
	case h.Product != nil:
		return "/products/" + url.PathEscape(h.Product.ID)
	}
	return "/technologies/" + url.PathEscape(h.Technology.ID)
}

// problemPage is the page of a problem.
func (s *Site) problemPage(c wire.Context, e *fact.Error, p *wire.Problem) *Problem {
	words := s.speaks(c)
	_, hint := e.In(words)
	page := &Problem{
		Frame:   Frame{template: "problem", words: words, Title: p.Title, Base: s.Base(c), Code: p.Status},
		Heading: p.Title, Detail: p.Detail, Hint: wire.Sentence(hint), RequestID: p.RequestID,
		Candidates: wire.Each(e.Candidates, func(name string) Candidate {
			return Candidate{Text: name, Href: candidateHref(c, e, name)}
		}),
	}
	return page
}

// speaks is the language that a request is answered in.
func (s *Site) speaks(c wire.Context) *message.Language {
	if v, err := s.View(c); err == nil {
		return v.Matrix.Words()
	}
	return message.English
}

// candidateHref is where a name that may have been meant leads: to the same page with
// that name. It is empty where the name alone does not tell.
func candidateHref(c wire.Context, e *fact.Error, name string) string {
	target := c.Request().URL
	named := e.Code == fact.CodeUnknownProduct || e.Code == fact.CodeUnknownRelease
	switch query := target.Query(); {
	case errors.Is(e.Cause, errNoParameter) && query.Has(e.Field):
		query[name] = append(query[name], query[e.Field]...)
		query.Del(e.Field)
		return target.EscapedPath() + "?" + query.Encode()
	case named && query.Has(e.Field):
		query.Set(e.Field, name)
		return target.EscapedPath() + "?" + query.Encode()
	case e.Code == fact.CodeUnknownProduct:
		return "/products/" + url.PathEscape(name)
	case e.Code == fact.CodeUnknownRelease && c.Param("product") != "":
		return "/products/" + url.PathEscape(c.Param("product")) + "/" + url.PathEscape(name)
	case e.Code == fact.CodeNotFound && c.Param("code") != "":
		return "/problems/" + url.PathEscape(name)
	case e.Code == fact.CodeNotFound && c.Param("technology") != "":
		return "/technologies/" + url.PathEscape(name)
	}
	return ""
}
