package portal

import (
	"bytes"
	"html/template"
	"math"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// Badge is a short answer in the look of Shields.
type Badge struct {
	Label       string       // on the left
	Verdict     fact.Verdict // on the right; empty where there is no answer
	Provisional bool
	Confirmed   string // see LastConfirmed
}

// LastConfirmed is the day on which the oldest of the documents was confirmed, empty where
// there is none.
func LastConfirmed(stale []compat.Stale) string {
	oldest := ""
	for _, s := range stale {
		if day := s.Last.String(); oldest == "" || day < oldest {
			oldest = day
		}
	}
	return oldest
}

// Message is what stands on the right.
func (b Badge) Message() string {
	if b.Verdict == "" {
		return "unknown"
	}
	message := words(b.Verdict)
	if b.Provisional {
		message += ", provisional"
	}
	if b.Confirmed != "" {
		message += ", confirmed " + b.Confirmed
	}
	return message
}

// colours are those of verdicts, each at least 4.5 to 1 against white. What there is
// no verdict for is grey, and so is what nobody has confirmed for long.
var colours = map[fact.Verdict]string{
	fact.Tested:       "#0f7a45",
	fact.Compatible:   "#1d6fa5",
	fact.Conditional:  "#8a5a00",
	fact.Incompatible: "#b3261e",
}

const grey = "#5f6b68"

// Colour is that of the message.
func (b Badge) Colour() string {
	if colour := colours[b.Verdict]; colour != "" && b.Confirmed == "" {
		return colour
	}
	return grey
}

// SVG is the badge as a picture. Its texts are fitted to the room that they have been
// given, whatever font the viewer has.
func (b Badge) SVG() []byte {
	var out bytes.Buffer
	left, right := width(b.Label), width(b.Message())
	drawing := drawing{Badge: b, LabelWidth: left, MessageWidth: right, Left: left + 2*badgePadding, Right: right + 2*badgePadding}
	if err := badgeTemplate.Execute(&out, drawing); err != nil {
		panic(err) // the template is a part of the program, and bytes.Buffer does not fail
	}
	return out.Bytes()
}

// badgePadding is the room beside a text, in pixels.
const badgePadding = 6

// drawing is a badge with its measures in pixels.
type drawing struct {
	Badge
	LabelWidth, MessageWidth int // of the texts
	Left, Right              int // of the two sides
}

func (d drawing) Width() int    { return d.Left + d.Right }
func (d drawing) Height() int   { return 20 }
func (d drawing) LabelX() int   { return badgePadding }
func (d drawing) MessageX() int { return d.Left + badgePadding }
func (d drawing) Title() string { return d.Label + ": " + d.Message() }

var badgeTemplate = template.Must(template.ParseFS(templates, "templates/badge.svg"))

// width estimates the width of a text in pixels, in Verdana of 11 pixels, which is
// what Shields draws with: by the advance widths of that font, in 2048 units an em.
// What the table does not have is as wide as the widest letters.
func width(text string) int {
	units := 0
	for _, r := range text {
		units += advance(r)
	}
	return int(math.Ceil(float64(units) * 11 / 2048))
}

func advance(r rune) int {
	if r < ' ' || int(r-' ') >= len(advances) {
		return 2048
	}
	return advances[r-' ']
}

// advances are the advance widths of Verdana for the characters of ASCII from the
// blank on.
var advances = [...]int{
	720, 806, 940, 1676, 1302, 2204, 1488, 550, 930, 930, 1302, 1676, 745, 930, 745, 930, // blank to /
	1302, 1302, 1302, 1302, 1302, 1302, 1302, 1302, 1302, 1302, 930, 930, 1676, 1676, 1676, 1117, // 0 to ?
	2048, 1400, 1404, 1430, 1578, 1295, 1177, 1588, 1539, 862, 931, 1419, 1140, 1726, 1532, 1612, // @ to O
	1235, 1612, 1424, 1400, 1262, 1499, 1400, 2025, 1403, 1260, 1403, 930, 930, 930, 1676, 1302, // P to _
	1302, 1230, 1276, 1067, 1276, 1220, 720, 1276, 1296, 562, 705, 1212, 562, 1992, 1296, 1243, // ` to o
	1276, 1276, 874, 1067, 807, 1296, 1212, 1676, 1212, 1212, 1076, 1300, 930, 1300, 1676, // p to ~
}
