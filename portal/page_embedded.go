package portal

import (
	"cmp"
	"html"
	"strconv"
	"strings"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// Embedded is an answer that stands within another page: as a page of its own in a
// frame, or as a fragment.
type Embedded struct {
	Frame
	*Answer      // nil where there is none
	Framed  bool // as a page of its own
}

// Moves are the ways to an environment that passes.
func (e *Embedded) Moves() []Move {
	if all := e.Answer.Moves; len(all) > 0 || len(e.Failing) == 0 {
		return all
	}
	return e.Failing[0].Moves
}

// DrawFrame gives the page for a frame. It tells the page around it how high it is.
func (p *Portal) DrawFrame(e *Embedded) ([]byte, error) {
	e.Framed = true
	return p.drawPart("frame", e)
}

// DrawFragment gives the answer as HTML that another page can hold: without script,
// style or anything that has to be loaded. Its classes begin with "testedon-".
func (p *Portal) DrawFragment(e *Embedded) ([]byte, error) { return p.drawPart("fragment", e) }

// Markdown gives the answer as Markdown. No text of it can be anything but text, and none
// notifies anybody or refers to anything where it is pasted.
func (e *Embedded) Markdown() []byte {
	var b strings.Builder
	if e.Problem != nil {
		b.WriteString("**" + str.Markdown(e.Problem.Heading) + "**: " + str.Markdown(str.Join(" ", e.Problem.Detail, e.Problem.Hint)) + "\n")
		return []byte(b.String())
	}
	a, l := e.Answer.Answer, e.words
	b.WriteString("**" + mark(a) + " " + str.Markdown(str.Capital(a.Outcome())) + "**: " + str.Markdown(a.Summary()) + "\n\n")
	for i := range a.Components {
		c := &a.Components[i]
		b.WriteString("- " + str.Markdown(c.Understood()) + ": " + l.Text("word", cmp.Or(string(c.Word()), string(c.Verdict))))
		if c.Turn != nil {
			b.WriteString(", " + str.Markdown(c.Turn.Text()) + " (" + str.MarkdownLink(c.Turn.Source.Title, c.Turn.Source.URL) + ")")
		}
		if len(c.Listed) > 0 {
			b.WriteString(" (" + str.MarkdownLink(c.Listed[0].Source.Title, c.Listed[0].Source.URL) + ")")
		}
		b.WriteString("\n")
	}
	for i := range a.Moves {
		m := &a.Moves[i]
		b.WriteString("\n" + l.Text("portal.markdown.change", str.Markdown(m.Summary()), l.Text("word", string(m.Verdict))) + "\n")
	}
	for _, o := range a.Offers {
		b.WriteString("\n" + str.Markdown(o.Text()) + "\n")
	}
	if ask := a.SupportURL(); ask != "" {
		b.WriteString("\n[" + l.Text("portal.answer.support") + "](<" + ask + ">)\n")
	}
	b.WriteString("\n" + l.Text("portal.fragment.foot", "[TestedOn](<"+e.Base+"/?"+string(e.Asked)+">)", e.Day, strconv.FormatInt(e.Revision, 10)) + "\n")
	return []byte(b.String())
}

var typeMarkdown = []string{"text/markdown; charset=utf-8"}

// framePolicy is the policy of a page in a frame of the origins that follow.
const framePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors "

// embed serves an answer to a page around it. What is wrong with the question is a part
// of what is served.
func (s *Site) embed(c wire.Context, media []string, draw func(*Embedded) ([]byte, error)) error {
	e := &Embedded{Frame: Frame{template: "embedded", Title: message.English.Text("portal.embedded.title"), Base: s.Base(c)}}
	v, err := s.View(c)
	takes, in := questionParams(), address{}
	takes.pasted = true
	if err != nil {
		e.fail(s.told(c, err))
	} else {
		in, err = shared(v, c, takes)
		e = s.embedded(v, in, err)
	}
	if e.Answer != nil {
		question.TellVerdict(c, e.Answer.Answer)
		if wire.Fresh(c, s.pageTag(v, in), media) {
			return nil
		}
	}
	text, err := draw(e)
	if err != nil {
		return err
	}
	sendDrawn(c, e.Status(), media, text)
	return nil
}

// embedded answers the question of an address, or says why there is no answer; err says
// why the address could not be read.
func (s *Site) embedded(v *question.View, in address, err error) *Embedded {
	e := &Embedded{Frame: s.frameOf(v, in, "portal.embedded")}
	e.template = "embedded"
	var q *question.Question
	if err == nil {
		q, err = questionOn(v, in)
	}
	if err != nil {
		e.fail(s.told(in, err))
		return e
	}
	e.Answer, e.Title = answerOf(v, q), q.Answer.Headline()
	return e
}

// questionOn answers the question of an address that people pass on. Where a part of it
// may have got lost there is no answer.
func questionOn(v *question.View, in address) (*question.Question, error) {
	if in.stray != nil {
		return nil, in.stray
	}
	q := v.Question()
	q.Unread = in.unread
	if err := q.FromPage(in.Query); err != nil {
		return nil, err
	}
	return q, q.AnswerNow()
}

// @Summary		An answer as HTML
// @Description	The answer as a fragment to be put into a page: without script, style or anything to be loaded, and with classes that begin with `testedon-`. `/embed/check`, of the same parameters, is the same as the page of a frame.
// @Tags			embed
// @ID				getAnswerHTML
// @Produce		text/html
// @Success		200	{string}	string	"The fragment"
// @Header			200	{string}	X-TestedOn-Verdict	"The verdict, and whether it passes"
// @Failure		400	{string}	string	"What is wrong with the question, as a fragment"
// @Failure		404	{string}	string	"That there is no such product or release, as a fragment"
// @Router			/embed/check.html [get]
func (s *Site) embedHTML(c wire.Context) error { return s.embed(c, typePage, s.DrawFragment) }

// @Summary		An answer as Markdown
// @Description	The answer to be put into an issue, a chat or a page. No text in it is anything but text.
// @Tags			embed
// @ID				getAnswerMarkdown
// @Produce		text/markdown
// @Success		200	{string}	string	"The answer"
// @Header			200	{string}	X-TestedOn-Verdict	"The verdict, and whether it passes"
// @Failure		400	{string}	string	"What is wrong with the question, as Markdown"
// @Failure		404	{string}	string	"That there is no such product or release, as Markdown"
// @Router			/embed/check.md [get]
func (s *Site) embedMarkdown(c wire.Context) error {
	return s.embed(c, typeMarkdown, func(e *Embedded) ([]byte, error) { return e.Markdown(), nil })
}

// The measures of a frame, in pixels.
const frameWidth, frameHeight = 640, 320

// alternative stands for a picture or a frame of an answer, whatever that is one day.
func alternative(r *compat.Release) string { return r.Words().Text("portal.embedded.alt", r.Title()) }

// frameCode is the line that shows an answer in a frame. Its title stays what it is as
// answers change, and speaks of what is asked.
func frameCode(base, asked string, r *compat.Release, width string, height int) string {
	return `<iframe src="` + html.EscapeString(base+"/embed/check?"+asked) + `" title="` + html.EscapeString(alternative(r)) +
		`" width="` + width + `" height="` + strconv.Itoa(height) + `" loading="lazy" frameborder="0"></iframe>`
}
