package portal

import (
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

// oembed describes the frame of an answer.
//
//	@Summary		Describe the frame of an answer (oEmbed)
//	@Description	What a page that is given the link of an answer needs to show the answer itself, as https://oembed.com says. The page of each answer leads here.
//	@Tags			embed
//	@ID				getOEmbed
//	@Produce		json
//	@Param			url			query		string	true	"The link of an answer."	example(http://localhost:8080/?product=mi&release=4.4.0&os=RHEL+9) minlength(1) maxlength(2000)
//	@Param			maxwidth	query		integer	false	"How wide the frame may be, in pixels."	minimum(1) maximum(100000)
//	@Param			maxheight	query		integer	false	"How high it may be, in pixels."	minimum(1) maximum(100000)
//	@Param			format		query		string	false	"How to write it."	Enums(json)
//	@Success		200			{object}	OEmbed	"The description"
//	@Header			200			{string}	ETag	"Changes with the catalogue, the day and the build"
//	@Success		304			"The client has this description already"
//	@Header			200,304		{string}	X-TestedOn-Verdict	"The verdict, and whether it passes"
//	@Failure		400			{object}	wire.Problem	"The link is missing, its question is not one, or a size is not one"
//	@Failure		404			{object}	wire.Problem	"The link leads to no answer, or there is no such product or release"
//	@Failure		500			{object}	wire.Problem	"A fault of the server"
//	@Failure		501			{object}	wire.Problem	"There is no such format"
//	@Failure		503			{object}	wire.Problem	"Not available"
//	@Router			/oembed [get]
func (s *Site) oembed(c wire.Context) error {
	v, err := s.View()
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
	if wire.Fresh(c, pageTag(v, in)) {
		return nil
	}
	o := OEmbed{Type: "rich", Version: "1.0", Title: Headline(&q.Answer), ProviderName: "TestedOn", ProviderURL: wire.Base(c),
		CacheAge: badgeSeconds, Width: frameWidth, Height: frameHeight}
	if err := in.atMost(map[string]*int{"maxwidth": &o.Width, "maxheight": &o.Height}); err != nil {
		return err
	}
	address := q.Query()
	for _, name := range in.unread { // the frame does not understand them either
		address += "&" + url.QueryEscape(name) + "="
	}
	o.HTML = frameCode(wire.Base(c), address, Subject(&q.Answer), strconv.Itoa(o.Width), o.Height)
	wire.Send(c, http.StatusOK, wire.TypeJSON, wire.AppendJSON(nil, o))
	return nil
}

// oembedPath is where the frame of the answer to a question is described.
func oembedPath(base, asked string) string { return "/oembed?url=" + url.QueryEscape(base+"/?"+asked) }

// readOEmbed reads the parameters of oEmbed, to which consumers add others of their own,
// and the question of the link among them. Of the link only that is kept.
func readOEmbed(v *question.View, c wire.Context) (in, asking address, err error) {
	in, err = shared(v, c, pageParams{names: []string{"url", "maxwidth", "maxheight", "format"}})
	switch format := in.One("format"); {
	case err != nil:
		return in, asking, err
	case in.One("url") == "":
		return in, asking, fact.Invalid("url", "Give the link of an answer.", "The parameter url is missing")
	case format != "" && format != "json":
		return in, asking, &fact.Error{Code: wire.CodeNotImplemented, Field: "format", Message: "There is no oEmbed as " + wire.Quotable(format), Hint: "Ask for format=json."}
	}
	target, err := url.Parse(in.One("url"))
	if err != nil || target.Path != "/" && target.Path != "/embed/check" {
		return in, asking, &fact.Error{Code: fact.CodeNotFound, Field: "url", Message: "That is no address of an answer", Hint: "Give the link of an answer: /?" + v.AddressOf(v.ExampleQuestion())}
	}
	takes := questionParams()
	takes.pasted = target.Path != "/"
	asking, err = readShared(v, target.RawQuery, takes)
	in.unread = asking.unread
	if asking.Context = c; err == nil {
		in.Query["url"] = []string{url.Values(asking.Query).Encode()}
	}
	return in, asking, err
}

// atMost bounds numbers by the parameters of these names, where these are given.
func (in address) atMost(bounded map[string]*int) error {
	for name, number := range bounded {
		most, err := in.Integers(name, 1, 100_000)
		if err != nil {
			return err
		}
		if len(most) > 0 {
			*number = min(*number, most[0])
		}
	}
	return nil
}
