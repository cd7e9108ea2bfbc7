package api

import (
	"cmp"
	"net/http"
	"reflect"
	"sync"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// Questions is the body of POST /v1/checks.
type Questions struct {
	// Items are the questions, each as POST /v1/check takes it. One that cannot be answered spoils no other.
	Items []Question `json:"items" validate:"min=1,max=1000"`
	// Require is that of the questions that have none of their own.
	Require string `json:"require,omitempty" example:"tested" minLength:"1" maxLength:"200"`
} // @name Questions

// Checks is the answer to many questions.
type Checks struct {
	// Items are the results, in the order of the questions.
	Items     []Checked            `json:"items" validate:"max=1000"`
	Summary   answers.Tally        `json:"summary"`
	Catalogue answers.CatalogueRef `json:"catalogue"`
} // @name Checks

// Checked is the result of one question: what POST /v1/check answers to it.
type Checked struct {
	// Index counts the questions from 0.
	Index int `json:"index" example:"0" minimum:"0" maximum:"999"`
	// Status is 200, or that of the problem.
	Status int `json:"status" example:"200" minimum:"200" maximum:"599"`
	// Answer is missing where there is a problem, and where `fields` chose what is wanted of it.
	Answer *answers.Answer `json:"answer,omitempty"`
	// Fields are what `fields` chose of the answer; missing without that, and where there is a problem.
	Fields map[string]any `json:"fields,omitempty"`
	// Problem says why the question cannot be answered.
	Problem *wire.Problem `json:"problem,omitempty"`
} // @name Checked

// answerFields are what [question.Choice] may name.
var answerFields = sync.OnceValue(func() []string { return wire.FieldNames(reflect.TypeFor[answers.Answer]()) })

// chosen reads what is wanted of answers, from a query that has nothing else.
func chosen(c echo.Context) (wire.Fields, error) {
	in, err := wire.ReadInput(c, question.ChoiceParams...)
	if err != nil {
		return nil, err
	}
	return wire.ReadFields(in, question.ChoiceParams[0], answerFields())
}

// appendAnswer appends what is wanted of the answer to a question.
func (v *view) appendAnswer(dst []byte, q *question.Question, wanted wire.Fields) []byte {
	if wanted == nil {
		return answers.AppendDetected(q, v.AppendAnswer(dst, &q.Answer))
	}
	b := wire.Buffer()
	defer wire.Keep(b)
	*b = v.appendAnswer((*b)[:0], q, nil)
	if _, named := wanted["sources"]; named {
		*b = v.AppendSources(*b)
	}
	return wanted.Append(dst, *b)
}

// @Summary		Are these environments tested?
// @Description	Up to 1,000 questions at once, answered in their order from one state of the catalogue. Each result is what POST /v1/check answers to the question: an answer, or the problem that it has alone; a bad question spoils no other.
// @Description
// @Description	`/v1/checks.ndjson` takes and gives a line each, for streams.
// @Description
// @Description	What `fields` wants of an answer stands in `fields`, in place of `answer`: `?fields=verdict,pass` makes less than 100 bytes of it.
// @Description
// @Description	The body may have 2 MiB, each question 64 KiB.
// @Tags			check
// @ID				checkMany
// @Param			questions	body		Questions	true	"The questions"
// @Success		200			{object}	Checks	"The results"
// @Router			/v1/checks [post]
func (s *Server) checkMany(c echo.Context, v *view, media string, body []byte) error {
	return s.checkEach(c, v, media, body, wire.Prefers(c.Request().Header.Values("Accept"), wire.MediaLines))
}

// @Summary		Are these environments tested? (a line each)
// @Description	The questions of `/v1/checks`, one on each line. Each result is a line, too, sent as soon as it is made: a `Checked`. The last line holds `summary` and `catalogue`, as in `Checks`; an answer without that line is cut off. A line that is not JSON is the problem of that question alone.
// @Tags			check
// @ID				checkLines
// @Accept			application/x-ndjson
// @Produce		application/x-ndjson
// @Param			questions	body		string	true	"The questions, each a `Question`"
// @Success		200			{string}	string	"The results"
// @Router			/v1/checks.ndjson [post]
func (s *Server) checkLines(c echo.Context, v *view, media string, body []byte) error {
	return s.checkEach(c, v, media, body, true)
}

// checkEach answers questions one after the other, as lines or in one object.
func (s *Server) checkEach(c echo.Context, v *view, media string, body []byte, lines bool) error {
	fields, err := chosen(c)
	if err != nil {
		return err
	}
	asked, err := question.ReadBatch(media, body)
	if err != nil {
		return err
	}
	to := newResults(c, v, lines)
	to.fields = fields
	defer wire.Keep(to.buffer)
	for _, item := range asked.Items {
		if to.gone || c.Request().Context().Err() != nil { // there is nobody to send results to
			return nil
		}
		s.checkOne(to, item, asked.Require)
	}
	to.end()
	return nil
}

// checkOne adds the result of one question.
func (s *Server) checkOne(to *results, item []byte, require string) {
	q := to.view.Ask()
	defer q.Done()
	if err := s.fill(q, item, require); err != nil {
		p := s.explain(wire.AsError(err), to.context)
		to.tally.Problems++
		to.finish(wire.AppendValue(append(to.begin(p.Status), `,"problem":`...), p))
		return
	}
	if q.Answer.Pass {
		to.tally.Passing++
	} else {
		to.tally.Failing++
	}
	name := `,"answer":`
	if to.fields != nil {
		name = `,"fields":`
	}
	to.finish(to.view.appendAnswer(append(to.begin(http.StatusOK), name...), q, to.fields))
}

// fill reads an item of many and has it answered.
func (s *Server) fill(q *question.Question, item []byte, require string) error {
	if limit := s.options.BodyLimit; int64(len(item)) > limit {
		e := fact.Refuse(question.ItemField, "body.item").Coded(fact.CodeTooLarge)
		e.Limit = limit
		return e
	}
	if err := q.FromJSON(question.ItemField, item); err != nil {
		return err
	}
	q.Require = cmp.Or(q.Require, require)
	return q.Check()
}

// results sends the results of many questions. What is rendered is sent in
// pieces, so that no more than one piece is held, however long the answer is.
type results struct {
	context echo.Context
	view    *view
	lines   bool        // each result is a line and is sent at once
	fields  wire.Fields // of each answer
	buffer  *[]byte
	tally   answers.Tally
	gone    bool // the client took no more
}

// piece is how many bytes are sent at once where results are no lines.
const piece = 32 << 10

func newResults(c echo.Context, v *view, lines bool) *results {
	header := c.Response().Header()
	header["Cache-Control"] = wire.CacheNever
	media := wire.TypeJSON
	header.Add("Vary", "Accept")
	r := &results{context: c, view: v, lines: lines, buffer: wire.Buffer()}
	*r.buffer = (*r.buffer)[:0]
	if lines {
		media = wire.TypeLines
	} else {
		*r.buffer = append(*r.buffer, `{"items":[`...)
	}
	wire.SetType(header, media)
	c.Response().WriteHeader(http.StatusOK)
	return r
}

// begin appends what every result begins with.
func (r *results) begin(status int) []byte {
	b := *r.buffer
	if !r.lines {
		b = wire.Comma(b, r.tally.Total)
	}
	b = wire.AppendNumber(b, `{"index":`, r.tally.Total)
	r.tally.Total++
	return wire.AppendNumber(b, `,"status":`, status)
}

// finish ends a result, and sends what is due.
func (r *results) finish(b []byte) {
	b = append(b, '}')
	if r.lines {
		b = append(b, '\n')
	}
	*r.buffer = b
	if r.lines || len(b) >= piece {
		r.send()
	}
}

// end sends what stands after the results.
func (r *results) end() {
	b := *r.buffer
	if r.lines {
		b = append(b, `{"summary":`...)
	} else {
		b = append(b, `],"summary":`...)
	}
	b = wire.AppendValue(b, r.tally)
	b = wire.AppendValue(append(b, `,"catalogue":`...), r.view.Catalogue)
	*r.buffer = append(b, "}\n"...)
	r.send()
}

// send sends what is rendered. In a process without a network nothing can be
// flushed, and need not be.
func (r *results) send() {
	response := r.context.Response()
	_, err := response.Write(*r.buffer)
	r.gone = r.gone || err != nil
	*r.buffer = (*r.buffer)[:0]
	if r.lines {
		_ = http.NewResponseController(response.Writer).Flush()
	}
}
