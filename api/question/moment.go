package question

import (
	"strconv"
	"strings"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// Moment is the time that a question is about.
type Moment struct {
	AsOf  fact.Day // the day on which something was so; 0 for today
	Known int64    // the revision of the record that is answered from; 0 for the newest
}

// momentParams are the parameters of a moment, which every question takes.
type momentParams struct {
	// The day that is asked about, such as `2026-01-31`: what was stated then, as far as it is known. It is today without it.
	AsOf string `query:"asOf"`
	// The revision of the record that is answered from. It is the newest without it; `/v1/catalogue` tells its number.
	Known string `query:"known"`
}

var momentTable = wire.TableOf[momentParams]()

// MomentParams are the parameters of a moment.
var MomentParams = momentTable.Params

// ReadMoment takes the parameters of a moment out of a raw query string.
func ReadMoment(raw string) (rest string, m Moment, err error) {
	if !strings.Contains(raw, MomentParams[0].Name) && !strings.Contains(raw, MomentParams[1].Name) {
		return raw, Moment{}, nil
	}
	var asked momentParams
	var others []string
	for pair := range strings.SplitSeq(raw, "&") {
		name, value, _ := strings.Cut(pair, "=")
		target := map[string]*string{MomentParams[0].Name: &asked.AsOf, MomentParams[1].Name: &asked.Known}[name]
		if target == nil {
			others = append(others, pair)
			continue
		}
		if value, err = wire.Unescape(value, name); err == nil {
			err = wire.SetOnce(target, name, value)
		}
		if err != nil {
			return "", Moment{}, err
		}
	}
	m, err = asked.read()
	return strings.Join(others, "&"), m, err
}

func (p momentParams) read() (m Moment, err error) {
	if p.AsOf != "" {
		if m.AsOf, err = ReadDay(MomentParams[0].Name, p.AsOf); err != nil {
			return m, err
		}
	}
	if p.Known != "" {
		number, err := strconv.ParseInt(p.Known, 10, 64)
		if err != nil || number < 1 {
			return m, fact.Invalid(MomentParams[1].Name, "Give the number of a revision, from 1.", "%q is no revision", wire.Quotable(p.Known))
		}
		m.Known = number
	}
	return m, nil
}

// ReadDay reads a day that a parameter names.
func ReadDay(name, text string) (fact.Day, error) {
	day, ok := fact.ParseDay(text)
	if !ok {
		return 0, fact.Invalid(name, "Write it as 2026-01-31.", "%q is no day that can be asked about", wire.Quotable(text))
	}
	return day, nil
}

// Query is the moment as parameters that follow others: each begins with the sign between
// them. It is empty for today and the newest revision.
func (m Moment) Query() (query string) {
	if m.AsOf != 0 {
		query = "&" + MomentParams[0].Name + "=" + m.AsOf.String()
	}
	if m.Known != 0 {
		query += "&" + MomentParams[1].Name + "=" + strconv.FormatInt(m.Known, 10)
	}
	return query
}
