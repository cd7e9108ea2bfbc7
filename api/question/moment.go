package question

import (
	"strconv"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// Moment is the time that a question is about.
type Moment struct {
	AsOf  fact.Day // the day on which something was so; 0 for today
	Known Revision // that is answered from; the zero one for the newest
}

// Revision names one of the record: by its number, or as the newest on a day.
type Revision struct {
	Number int64
	On     fact.Day
}

// String writes the number or the day; empty for the zero revision.
func (r Revision) String() string {
	switch {
	case r.On != 0:
		return r.On.String()
	case r.Number != 0:
		return strconv.FormatInt(r.Number, 10)
	}
	return ""
}

// momentParams are the parameters of a moment, which every question takes.
type momentParams struct {
	// The day that is asked about, such as `2026-01-31`: what was stated then, as far as it is known. It is today without it.
	AsOf string `query:"asOf"`
	// The revision of the record that is answered from: its number, or a day such as `2026-01-31` for what was known at its end. It is the newest without it; `/v1/catalogue` tells its number.
	Known string `query:"known"`
}

var momentTable = wire.TableOf[momentParams]()

// MomentParams are the parameters of a moment.
var MomentParams = momentTable.Params

// CutMoment takes the parameters of a moment out of a raw query string, which is given in two.
func CutMoment(raw string) (rest, moment string) { return wire.CutQuery(raw, MomentParams...) }

// ReadMoment takes the parameters of a moment out of a raw query string.
func ReadMoment(raw string) (rest string, m Moment, err error) {
	rest, own := CutMoment(raw)
	if own == "" {
		return rest, m, nil
	}
	var asked momentParams
	if err := wire.ReadQuery(own, func(name, value string) error {
		target := &asked.AsOf
		if name != MomentParams[0].Name {
			target = &asked.Known
		}
		return wire.SetOnce(target, name, value)
	}); err != nil {
		return "", m, err
	}
	m, err = asked.read()
	return rest, m, err
}

func (p momentParams) read() (m Moment, err error) {
	if p.AsOf != "" {
		if m.AsOf, err = ReadDay(MomentParams[0].Name, p.AsOf); err != nil {
			return m, err
		}
	}
	if p.Known != "" {
		number, err := strconv.ParseInt(p.Known, 10, 64)
		day, ok := fact.ParseDay(p.Known)
		if !ok && (err != nil || number < 1) {
			return m, fact.Refuse(MomentParams[1].Name, "moment.revision", strconv.Quote(wire.Quotable(p.Known)))
		}
		m.Known = Revision{number, day}
		if ok {
			m.Known.Number = 0
		}
	}
	return m, nil
}

// ReadDay reads a day that a parameter names.
func ReadDay(name, text string) (fact.Day, error) {
	day, ok := fact.ParseDay(text)
	if !ok {
		return 0, fact.Refuse(name, "moment.day", strconv.Quote(wire.Quotable(text)))
	}
	return day, nil
}

// AsOfText is the day; empty for today.
func (m Moment) AsOfText() string { return m.AsOf.Text() }

// On begins what is said of the day: "On 2026-09-01: "; empty for today.
func (m Moment) On(l *message.Language) string {
	if m.AsOf == 0 {
		return ""
	}
	return l.Text("summary.day", m.AsOf.String()) + " "
}

// Query is the moment as parameters that follow others: each begins with the sign between
// them. It is empty for today and the newest revision.
func (m Moment) Query() (query string) {
	query = str.With("&"+MomentParams[0].Name+"=", m.AsOfText())
	if known := m.Known.String(); known != "" {
		query += "&" + MomentParams[1].Name + "=" + known
	}
	return query
}
