package api

// openEoXSchema is the only value of $schema that OpenEoX Core 1.0 (CSD01, 2026-07-13) knows.
const openEoXSchema = "https://docs.oasis-open.org/openeox/eox-core/v1.0/schema/core.json"

// unannounced is a day that is not announced yet. It comes after every other.
const unannounced = "tba"

// OpenEoXCore is a record of OpenEoX Core 1.0, see https://docs.oasis-open.org/openeox/eox-core/v1.0/. It does not say what it is about.
type OpenEoXCore struct {
	// Schema is the address of the JSON Schema of such records.
	Schema string `json:"$schema" example:"https://docs.oasis-open.org/openeox/eox-core/v1.0/schema/core.json" format:"uri"`
	// EndOfLife is the last day of any support, that which is bought or asked for among it; `tba` where none is announced.
	EndOfLife string `json:"end_of_life" example:"2025-11-13T23:59:59Z"`
	// EndOfSecuritySupport is the last day of maintenance; `tba` where none is announced.
	EndOfSecuritySupport string `json:"end_of_security_support" example:"2025-11-13T23:59:59Z"`
	// GeneralAvailability is the begin of the day on which the series came out.
	GeneralAvailability string `json:"general_availability" example:"2020-09-24T00:00:00Z"`
	// LastUpdated is the day of the source.
	LastUpdated string `json:"last_updated" example:"2026-08-22T00:00:00Z" format:"date-time"`
} // @name OpenEoXCore

// openEoX is the record of a series; nil where there is none: for an end whose day nobody knows,
// which tba would deny, and where extended support alone has an end, as tba comes after it.
func (s series) openEoX() *OpenEoXCore {
	c := &OpenEoXCore{openEoXSchema, unannounced, unannounced, midnightOf(s.Released), midnight(s.stated())}
	switch {
	case s.Ended, s.Ends == "" && s.Extended != "":
		return nil
	case s.Ends != "":
		c.EndOfLife, c.EndOfSecuritySupport = endOf(max(s.Ends, s.Extended)), endOf(s.Ends)
	}
	return c
}

// midnightOf is when a day begins that is written as 2026-01-31, and endOf when it ends.
func midnightOf(day string) string { return day + "T00:00:00Z" }

func endOf(day string) string { return day + "T23:59:59Z" }
