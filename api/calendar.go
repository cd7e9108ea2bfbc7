package api

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/testedon/testedon/internal/str"
)

const mediaCalendar = "text/calendar; charset=utf-8"

// noEvents is what a calendar without an event holds, as it has to hold something.
const noEvents = "BEGIN:VTIMEZONE\r\nTZID:UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"

// appendCalendar appends the ends of series as a calendar, see https://www.rfc-editor.org/rfc/rfc5545.
// An event is known by its series and stamped with the day of its source, so that the same facts
// give the same bytes.
func appendCalendar(dst []byte, all []series) []byte {
	dst = append(dst, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//TestedOn//Lifecycles//EN\r\n"...)
	start := len(dst)
	for _, s := range all {
		dst = s.appendEvent(dst, "end", s.Ends)
		dst = s.appendEvent(dst, "extended", s.Extended)
	}
	if len(dst) == start {
		dst = append(dst, noEvents...)
	}
	return append(dst, "END:VCALENDAR\r\n"...)
}

// appendEvent appends the event of an end, which takes the whole day; none where no day is known.
func (s series) appendEvent(dst []byte, end, day string) []byte {
	if day == "" {
		return dst
	}
	digits, words := strings.NewReplacer("-", ""), s.of.Words()
	dst = appendLine(append(dst, "BEGIN:VEVENT\r\n"...), "UID:"+strings.TrimPrefix(urn("lifecycle/"+s.ID+"/"+end), "urn:uuid:"))
	dst = appendLine(dst, "DTSTAMP:"+digits.Replace(s.stated().String())+"T000000Z")
	dst = appendLine(dst, "DTSTART;VALUE=DATE:"+digits.Replace(day))
	dst = appendLine(dst, "SUMMARY:"+calendarText(words.Text("calendar.end", end, s.Display())))
	dst = appendLine(dst, "DESCRIPTION:"+calendarText(words.Text("calendar.about", end, s.Released, s.Source.Title)))
	if address := str.WebAddress(s.Policy); address != "" && !strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r > '~' }) {
		dst = appendLine(dst, "URL:"+address)
	}
	return append(dst, "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"...)
}

// calendarText escapes a text. What a calendar has no sign for is replaced.
func calendarText(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' {
			return utf8.RuneError
		}
		return r
	}, strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`).Replace(strings.ToValidUTF8(text, "\uFFFD")))
}

// appendLine appends a line, which goes on in the next where it is longer than 75 bytes.
func appendLine(dst []byte, line string) []byte {
	for room := 75; len(line) > room; room = 74 {
		for room > 0 && !utf8.RuneStart(line[room]) {
			room--
		}
		dst, line = append(append(dst, line[:room]...), "\r\n "...), line[room:]
	}
	return append(append(dst, line...), "\r\n"...)
}
