package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
)

// results sends the results of many questions. What is rendered is sent in
// pieces, so that no more than one piece is held, however long the answer is.
type results struct {
	context echo.Context
	view    *view
	lines   bool // each result is a line and is sent at once
	buffer  *[]byte
	tally   Tally
	gone    bool // the client took no more
}

// piece is how many bytes are sent at once where results are no lines.
const piece = 32 << 10

func newResults(c echo.Context, v *view, lines bool) *results {
	header := c.Response().Header()
	header["Cache-Control"] = wire.CacheNever
	header["Content-Type"] = wire.TypeJSON
	header.Add("Vary", "Accept")
	r := &results{context: c, view: v, lines: lines, buffer: wire.Buffer()}
	*r.buffer = (*r.buffer)[:0]
	if lines {
		header["Content-Type"] = wire.TypeLines
	} else {
		*r.buffer = append(*r.buffer, `{"items":[`...)
	}
	c.Response().WriteHeader(http.StatusOK)
	return r
}

// done gives the memory back.
func (r *results) done() { wire.Keep(r.buffer) }

// wanted reports whether there is still somebody to send results to.
func (r *results) wanted() bool { return !r.gone && r.context.Request().Context().Err() == nil }

func (r *results) addAnswer(q *question.Question) {
	if q.Answer.Pass {
		r.tally.Passing++
	} else {
		r.tally.Failing++
	}
	b := append(r.begin(http.StatusOK), `,"answer":`...)
	b = appendDetected(q, appendAnswer(b, r.view, &q.Answer))
	r.finish(b[:len(b)-1]) // the line break
}

func (r *results) addProblem(p *wire.Problem) {
	r.tally.Problems++
	r.finish(wire.AppendValue(append(r.begin(p.Status), `,"problem":`...), p))
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
	b = wire.AppendValue(append(b, `,"catalogue":`...), r.view.catalogue)
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
