package portal

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// OEmbed describes a page that can stand within another one: https://oembed.com.
type OEmbed struct {
	Type    string `json:"type" example:"rich" enums:"rich"`
	Version string `json:"version" example:"1.0" enums:"1.0"`
	// Title is the answer in a line.
	Title        string `json:"title" example:"Tested: WSO2 Micro Integrator 4.4.0"`
	ProviderName string `json:"provider_name" example:"TestedOn"`
	ProviderURL  string `json:"provider_url" example:"https://testedon.example.com"`
	// CacheAge is for how many seconds it may be kept.
	CacheAge int `json:"cache_age" example:"300" minimum:"0" maximum:"86400"`
	// HTML shows the answer in a frame.
	HTML   string `json:"html" example:"<iframe></iframe>"`
	Width  int    `json:"width" example:"640" minimum:"1" maximum:"640"`
	Height int    `json:"height" example:"320" minimum:"1" maximum:"320"`
} // @name OEmbed

// oembedParams are those of oEmbed.
type oembedParams struct {
	// The link of an answer.
	URL string `query:"url" required:"true" longest:"2000" example:"http://localhost:8080/?product=mi&release=4.4.0&os=RHEL+9"`
	// How wide the frame may be, in pixels.
	MaxWidth int `query:"maxwidth" min:"1" max:"100000"`
	// How high it may be, in pixels.
	MaxHeight int `query:"maxheight" min:"1" max:"100000"`
	// How to write it.
	Format oembedFormat `query:"format"`
}

// oembedFormat names a format of oEmbed.
type oembedFormat string

// Words are the formats that there are.
func (oembedFormat) Words() []string { return []string{"json"} }

var oembedTable = wire.TableOf[oembedParams]()

// @Summary		Describe the frame of an answer (oEmbed)
// @Description	What a page that is given the link of an answer needs to show the answer itself, as https://oembed.com says. The page of each answer leads here.
// @Tags			embed
// @ID				getOEmbed
// @Success		200			{object}	OEmbed	"The description"
// @Header			200		{string}	X-TestedOn-Verdict	"The verdict, and whether it passes"
// @Router			/oembed [get]
func (s *Site) oembed(c wire.Context) error {
	if link, err := url.Parse(c.QueryParam("url")); err == nil { // which names the moment
		if _, moment := question.CutMoment(link.RawQuery); moment != "" {
			c.Request().URL.RawQuery += "&" + moment
		}
	}
	v, err := s.View(c)
	if err != nil {
		return err
	}
	in, asking, err := readOEmbed(v, c)
	if err != nil {
		return err
	}
	if in.stray != nil {
		s.tellInHeader(c, in.stray)
	}
	q, err := questionOn(v, asking)
	if err != nil {
		return err
	}
	question.TellVerdict(c, &q.Answer)
	if wire.Fresh(c, s.pageTag(v, in), wire.TypeJSON) {
		return nil
	}
	o := OEmbed{Type: "rich", Version: "1.0", Title: q.Answer.Headline(), ProviderName: "TestedOn", ProviderURL: s.Base(c),
		CacheAge: badgeSeconds, Width: frameWidth, Height: frameHeight}
	p, err := oembedTable.Read(in.Input)
	if err != nil {
		return err
	}
	o.Width, o.Height = min(o.Width, cmp.Or(p.MaxWidth, o.Width)), min(o.Height, cmp.Or(p.MaxHeight, o.Height))
	address := q.Query()
	for _, name := range in.unread { // the frame does not understand them either
		address += "&" + url.QueryEscape(name) + "="
	}
	o.HTML = frameCode(s.Base(c), address, q.Answer.Release, strconv.Itoa(o.Width), o.Height)
	wire.Send(c, http.StatusOK, wire.TypeJSON, wire.AppendJSON(nil, o))
	return nil
}

// oembedPath is where the frame of the answer to a question is described.
func oembedPath(base, asked string) string { return "/oembed?url=" + url.QueryEscape(base+"/?"+asked) }

// readOEmbed reads the parameters of oEmbed, to which consumers add others of their own,
// and the question of the link among them. Of the link only that is kept.
func readOEmbed(v *question.View, c wire.Context) (in, asking address, err error) {
	in, err = shared(v, c, pageParams{names: wire.NamesOf(oembedTable.Params)})
	switch format := in.One("format"); {
	case err != nil:
		return in, asking, err
	case in.One("url") == "":
		return in, asking, fact.Refuse("url", "portal.oembed.missing")
	case format != "" && format != "json":
		return in, asking, noOEmbed(wire.Quotable(format))
	}
	target, err := url.Parse(in.One("url"))
	if err != nil || target.Path != "/" && target.Path != "/embed/check" {
		return in, asking, fact.Refuse("url", "portal.oembed.address", "/?"+v.AddressOf(v.ExampleQuestion())).Coded(fact.CodeNotFound)
	}
	takes := questionParams()
	takes.pasted = target.Path != "/"
	rest, _ := question.CutMoment(target.RawQuery)
	asking, err = readShared(v, rest, takes)
	in.unread = asking.unread
	if asking.Context = c; err == nil {
		in.Query["url"] = []string{url.Values(asking.Query).Encode()}
	}
	return in, asking, err
}

func noOEmbed(format string) *fact.Error {
	return fact.Refuse("format", "portal.oembed.format", format).Coded(wire.CodeNotImplemented)
}
