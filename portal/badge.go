package portal

import (
	"bytes"
	"cmp"
	"html/template"
	"maps"
	"math"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// Badge is a short answer in the look of Shields.
type Badge struct {
	Label   string // on the left
	Message string // on the right
	Colour  string // of the right
	About   string // what there is no room for, in words
	Known   bool   // there is nothing wrong with what was asked
}

// colours are those of the verdicts in the style of pages, on which white can be read. What
// there is no verdict for is grey, and so is what nobody has confirmed for long.
var colours = map[string]string{
	string(fact.Tested):       "#0f6b3f",
	string(fact.Compatible):   "#1d5f8a",
	string(fact.Conditional):  "#7d5f00",
	string(fact.NotListed):    "#b04000",
	string(fact.Unresolved):   "#6b3fa0",
	string(fact.Incompatible): "#a4262c",
}

const grey = "#55635f"

// badgeFor is the badge of an answer, with a label of its own.
func badgeFor(a *compat.Answer, label string) Badge {
	l := a.Release.Words()
	asked := wire.Each(a.Components, func(c compat.ComponentAnswer) string { return c.Understood() })
	said, old, provisional := a.Called(), l.Text("portal.badge.old", a.Confirmed()), l.Text("headline.provisional", strconv.FormatBool(a.Provisional()))
	turned, passed := a.Turned()
	if passed {
		said, turned = turned, ""
	}
	b := Badge{Label: cmp.Or(label, shortName(a.Release)), Message: l.List(said, provisional, old, turned), Colour: cmp.Or(colours[look(a)], grey), Known: true}
	doubt := ""
	if !a.Pass { // a no needs no doubt beside it
		b.Message, doubt = l.List(said, provisional, turned), old
	}
	b.About = l.Text("portal.badge.about", a.Release.Title(), l.List(asked...), doubt)
	return b
}

// shortName is what a release is called where there is little room: "MI 4.4.0".
func shortName(r *compat.Release) string { return r.Of().Short() + " " + r.Version }

// The measures of a badge, in pixels: the room beside each text, and the greatest widths of the
// whole, and of a label whose message is long.
const badgePadding, maxBadge, maxLabel = 6, 260, 66

// drawing measures the badge. What is longer than its room ends in an ellipsis.
func (b Badge) drawing() drawing {
	b.Label = str.Visible(b.Label) // what cannot be seen may not stand in XML
	d := drawing{About: b.Label + ": " + b.Message + str.Remarks(str.Visible(b.About)), Colour: b.Colour}
	const room = maxBadge - 4*badgePadding
	d.Message, d.MessageWidth = fit(b.Message, room-min(width(b.Label), maxLabel))
	d.Label, d.LabelWidth = fit(b.Label, room-d.MessageWidth)
	return d
}

// SVG is the badge as a picture. Its texts are fitted to the room that they have been
// given, whatever font the viewer has.
func (b Badge) SVG() []byte {
	var out bytes.Buffer
	if err := badgeTemplate().Execute(&out, b.drawing()); err != nil {
		panic(err) // the template is a part of the program, and bytes.Buffer does not fail
	}
	return out.Bytes()
}

// drawing is a badge with its measures in pixels.
type drawing struct {
	Label, Message, Colour   string
	About                    string // everything, in words
	LabelWidth, MessageWidth int
}

func (d drawing) Left() int     { return d.LabelWidth + 2*badgePadding }
func (d drawing) Right() int    { return d.MessageWidth + 2*badgePadding }
func (d drawing) Width() int    { return d.Left() + d.Right() }
func (d drawing) LabelX() int   { return badgePadding }
func (d drawing) MessageX() int { return d.Left() + badgePadding }

// fit cuts a text to so many pixels, and gives its width.
func fit(text string, room int) (string, int) {
	cut := text
	for width(cut) > room {
		_, last := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-last]
		cut = strings.TrimRight(text, " ") + "…"
	}
	return cut, width(cut)
}

var badgeTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.ParseFS(templates, "badge.svg")) })

// width estimates the width of a text in pixels, in Verdana of 11 pixels, which is
// what Shields draws with: by the advance widths of that font, in 2048 units an em.
// What the table does not have is as wide as the widest letters.
func width(text string) int {
	units := 0
	for _, r := range text {
		if r < ' ' || int(r-' ') >= len(advances) {
			units += 2048
			continue
		}
		units += advances[r-' ']
	}
	return int(math.Ceil(float64(units) * 11 / 2048))
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

// badgeSeconds is how long a badge may be kept.
const badgeSeconds = 300

var (
	typeSVG    = []string{"image/svg+xml; charset=utf-8"}
	cacheBadge = []string{"public, max-age=" + strconv.Itoa(badgeSeconds) + ", stale-while-revalidate=600, stale-if-error=86400"}
)

// ProblemHeader says why a badge has no answer, where the status cannot: image hosts
// show nothing for what is not 200.
const ProblemHeader = "X-TestedOn-Problem"

// ShieldsBadge is what Shields draws a badge from:
// https://shields.io/badges/endpoint-badge.
type ShieldsBadge struct {
	SchemaVersion int `json:"schemaVersion" example:"1" minimum:"1" maximum:"1"`
	// Label is what stands on the left: the release in short, or the `label` asked for.
	Label string `json:"label" example:"MI 4.4.0"`
	// Message is the verdict, with what takes from it; how many versions are listed where none is asked about; or `unknown`.
	Message string `json:"message" example:"tested"`
	Color   string `json:"color" example:"#0f6b3f"`
	// IsError says that there is no answer.
	IsError bool `json:"isError" example:"false"`
	// CacheSeconds is how long the badge may be kept.
	CacheSeconds int `json:"cacheSeconds" example:"300" minimum:"0" maximum:"86400"`
} // @name ShieldsBadge

// badge serves /badge/{product}/{release}.svg and .json.
func (s *Site) badge(c wire.Context) error {
	if strings.HasSuffix(c.Param("file"), "/") { // which leads to the badge
		return fact.Refuse("", "problem.unserved", wire.Quotable(c.Request().URL.Path), "/docs").Coded(wire.CodeNoRoute)
	}
	if strings.HasSuffix(c.Param("file"), ".json") {
		return s.badgeJSON(c)
	}
	return s.badgePicture(c)
}

// @Summary		A badge
// @Description	The verdict as a picture in the look of Shields, for READMEs and issues. The text is in it for screen readers.
// @Description
// @Description	It is at most 260 pixels wide: what has no room ends in an ellipsis, and stands in the title as a whole. Without a question it says how many versions the release lists.
// @Description
// @Description	It is a picture whatever is asked: where there is no answer it is grey and says `unknown`, and `X-TestedOn-Problem` says why. Parameters of Shields, such as `style`, and others that mean nothing here are ignored; one whose name is close to a known name is a problem. `/embed` builds the lines to paste.
// @Tags			embed
// @ID				getBadgeSVG
// @Produce		image/svg+xml
// @Success		200		{string}	string	"The picture"
// @Header			200	{string}	X-TestedOn-Verdict	"The verdict, and whether it passes; left out where there is no answer"
// @Header			200	{string}	X-TestedOn-Problem	"Why there is no answer"
// @Router			/badge/{product}/{release}.svg [get]
func (s *Site) badgePicture(c wire.Context) error {
	if b, kept := s.badgeOf(c); !kept {
		wire.Send(c, http.StatusOK, typeSVG, b.SVG())
	}
	return nil
}

// @Summary		A badge for Shields
// @Description	The verdict as `https://img.shields.io/endpoint?url=` reads it, to be drawn in the styles of Shields. Where there is no answer it says `unknown`, and `X-TestedOn-Problem` says why.
// @Tags			embed
// @ID				getBadgeJSON
// @Success		200		{object}	ShieldsBadge	"The badge"
// @Header			200	{string}	X-TestedOn-Verdict	"The verdict, and whether it passes; left out where there is no answer"
// @Header			200	{string}	X-TestedOn-Problem	"Why there is no answer"
// @Router			/badge/{product}/{release}.json [get]
func (s *Site) badgeJSON(c wire.Context) error {
	if b, kept := s.badgeOf(c); !kept {
		wire.Send(c, http.StatusOK, wire.TypeJSON, wire.AppendJSON(nil, ShieldsBadge{SchemaVersion: 1, Label: b.Label, Message: b.Message,
			Color: b.Colour, IsError: !b.Known, CacheSeconds: badgeSeconds}))
	}
	return nil
}

// badgeOf gives the badge of an address, or reports that the client has it: then the
// request is answered. What is wrong with the question is told in a header.
func (s *Site) badgeOf(c wire.Context) (b Badge, kept bool) {
	b = Badge{Label: message.English.Text("portal.badge.label"), Message: message.English.Text("portal.badge.unknown"), Colour: grey}
	header := c.Response().Header()
	header["Cache-Control"] = wire.CacheNever
	v, err := s.View(c)
	if err != nil {
		b.About = s.tellInHeader(c, err)
		return b, false
	}
	in, err := shared(v, c, badgeTakes)
	b.Label = cmp.Or(wire.Quotable(in.One("label")), b.Label)
	if err == nil {
		err = answerBadge(v, in, &b)
	}
	if err != nil {
		in.stray = wire.AsError(err)
		b.About = s.tellInHeader(c, err)
	}
	return b, wire.FreshFor(c, s.pageTag(v, in), cacheBadge)
}

// tellInHeader says what is wrong with a request whose answer cannot say it, and gives the
// words.
func (s *Site) tellInHeader(c wire.Context, err error) string {
	problem := s.Explain(wire.AsError(err), c)
	text := strings.TrimSpace(problem.Code + ": " + problem.Detail + " " + problem.Hint)
	c.Response().Header()[http.CanonicalHeaderKey(ProblemHeader)] = []string{asciiOnly(text)}
	return text
}

// asciiOnly makes a text fit for a header.
func asciiOnly(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, text)
}

// badgeParams are what the address of a badge has beside a question.
type badgeParams struct {
	// The product: id, name or alias.
	Product string `path:"product" example:"mi"`
	// The release: version or alias.
	Release string `path:"release" example:"4.4.0"`
	// What stands on the left; without it, the release in short.
	Label string `query:"label"`
}

var badgeTable = wire.TableOf[badgeParams]()

// badgeTakes is what the address of a badge takes. It may hold what Shields draws a badge
// by, https://shields.io/badges, as people write it out of habit.
var badgeTakes = pageParams{names: questionParams(wire.NamesOf(badgeTable.Params)...).names, question: true, pasted: true, idle: []string{"style", "logo", "logoColor", "logoSize", "logoWidth",
	"labelColor", "color", "colorA", "colorB", "cacheSeconds", "maxAge", "link", "prefix", "suffix"}}

// answerBadge answers the question of a badge's address.
func answerBadge(v *question.View, in address, b *Badge) error {
	product, err := in.Part("product")
	if err != nil {
		return err
	}
	file, err := in.Part("file")
	if err != nil {
		return err
	}
	release, isPicture := strings.CutSuffix(file, ".svg")
	release, isData := strings.CutSuffix(release, ".json")
	if isPicture == isData {
		return fact.Refuse("file", "portal.badge.file", strconv.Quote(wire.Quotable(file)))
	}
	for _, name := range []string{"product", "release"} {
		if in.One(name) != "" {
			return fact.Refuse(name, "portal.badge.twice", name)
		}
	}
	in.Query = maps.Clone(in.Query)
	in.Query["product"], in.Query["release"] = []string{product}, []string{release}
	q, err := questionOn(v, in)
	if err != nil {
		return nothingAsked(v, in, q, err, b)
	}
	*b = badgeFor(&q.Answer, wire.Quotable(in.One("label")))
	question.TellVerdict(in, &q.Answer)
	return nil
}

// nothingAsked makes the badge of a release where that is all an address names, and else gives
// what is wrong with its question.
func nothingAsked(v *question.View, in address, q *question.Question, err error, b *Badge) error {
	if e := wire.AsError(err); q == nil || e.Field != "environment" || len(in.unread) > 0 {
		return err
	}
	release, err := v.Release(q.Product, q.Release)
	if err != nil {
		return err
	}
	var listed []string
	for _, l := range release.Listings() {
		if !l.SaysNo() && l.Until == "" {
			listed = fact.AppendNew(listed, l.Display())
		}
	}
	*b = Badge{Label: cmp.Or(wire.Quotable(in.One("label")), shortName(release)), Colour: grey, Known: true,
		Message: release.Words().Text("portal.badge.listed", strconv.Itoa(len(listed))), About: release.Words().Text("portal.badge.unasked", release.Title())}
	return nil
}
