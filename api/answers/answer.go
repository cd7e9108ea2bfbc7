package answers

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// Answer is the verdict for an environment.
type Answer struct {
	// Verdict is the worst verdict of the components, or incompatible where a recorded test run of the environment failed. From best to worst: tested, compatible, conditional, not_listed, unresolved, incompatible. not_listed means that no statement covers it, not that it does not work.
	Verdict string `json:"verdict" example:"tested" enums:"tested,compatible,conditional,not_listed,unresolved,incompatible"`
	// Pass says whether the verdict reaches what the caller required.
	Pass bool `json:"pass" example:"true"`
	// Require is the bar that was set.
	Require string `json:"require" example:"tested"`
	// RequireBy says who set it: whoever asks (caller), the catalogue for the product (product) or, where neither did, nobody (default).
	RequireBy string `json:"require_by" example:"default" enums:"caller,product,default"`
	// Word is the status that the vendor of the product vouches in, where the answer rests on nothing less: what to call it in place of the verdict. Missing where there is none.
	Word string `json:"word,omitempty" example:"supported"`
	// Waivable says that only components by themselves keep it from passing, all of which were understood: who accepts each of them may let it pass. Missing where it passes, or anything else stands in the way.
	Waivable bool `json:"waivable,omitempty" example:"false"`
	// Provisional says that the answer rests on another account's copy of a vendor's page, which may speak of what is not yet out; missing where it does not.
	Provisional bool `json:"provisional,omitempty" example:"false"`
	// NoPage says that no page about the release is known, so that the answer rests on the vendor's images and recorded test runs alone; missing where one is.
	NoPage bool `json:"no_page,omitempty" from:"Unpaged" example:"false"`
	// Stale are the documents that the answer rests on and that nobody has held against their source for longer than they may be relied on. They change neither the verdict nor `pass`.
	Stale []Stale `json:"stale" validate:"max=100"`
	// Summary is one or two plain sentences to paste into an answer.
	Summary string `json:"summary" example:"WSO2 Micro Integrator 4.4.0 is tested with each of Red Hat Enterprise Linux 9, Amazon Corretto 21 and PostgreSQL 17.2."`
	// Product is the id of the product.
	Product string `json:"product" from:"Product.ID" example:"mi"`
	// ProductName is the name of the product.
	ProductName string `json:"product_name" from:"Product.Name" example:"WSO2 Micro Integrator"`
	// AsOf is the past day that was asked about; missing for today.
	AsOf string `json:"as_of,omitempty" from:"AsOfText" example:"2026-09-01" format:"date"`
	// Release is the version of the release.
	Release string `json:"release" from:"Release.Version" example:"4.4.0"`
	// ReleaseAsked is the release as it was asked for, where that only means this one; missing where it names it.
	ReleaseAsked string      `json:"release_asked,omitempty" from:"AskedRelease" example:"4.4"`
	Combination  Combination `json:"combination"`
	// Components are the answers for each component, in the order of the catalogue's kinds, those of one kind in the order asked. What is asked twice, however it is written, is answered once.
	Components []Component `json:"components" validate:"max=32"`
	// Assumed are the components that every page takes for granted, such as x86-64, and of which nothing that counts is stated. They count for nothing: neither for the verdict nor for what was required.
	Assumed []Assumed `json:"assumed" validate:"max=32"`
	// Unchecked are the kinds that the release lists and the question leaves out.
	Unchecked []string `json:"unchecked" example:"arch" validate:"max=100"`
	// Unread are the words of a question in plain words that were not understood, and the lines of `texts` that were not but hold the name of a technology, a product or a vendor. With any, the answer does not pass.
	Unread []string `json:"unread" example:"nginx" validate:"max=1000"`
	// Advisories are the caveats of all components, each once.
	Advisories []Advisory `json:"advisories" validate:"max=1000"`
	// Moves are ways to an environment that passes, the best first: what the vendor still maintains before what it does not, no downgrade where there is another way. A newer release of the product comes after them, and before those that lead down or to what has ended.
	Moves []Move `json:"moves" validate:"max=4"`
	// Offers tell, where no move is known, what is listed of each kind that does not pass.
	Offers []Offer `json:"offers" validate:"max=100"`
	// SupportURL is where to ask the support of the product, with the question written out; missing where the answer passes, or the catalogue names no support.
	SupportURL string `json:"support_url,omitempty" example:"https://support.example.com/new?subject=PostgreSQL%2016%20with%20WSO2%20Micro%20Integrator%204.4.0" format:"uri"`
	// Resources is missing where neither resources nor a deployment were asked about.
	Resources *Resources   `json:"resources,omitempty"`
	Catalogue CatalogueRef `json:"catalogue" from:"."`
	// Detected is what the texts of the question told; missing where it had none.
	Detected *Detected `json:"detected,omitempty" from:"-"`
	// Sources are the documents that the answer cites, each once, without section and quote; there only where `fields` names it.
	Sources []Citation `json:"sources,omitempty" from:"-" validate:"max=1000"`
} // @name Answer

// Combination says whether the whole environment is on record as one test run.
// Where it is not, the verdict rests on separate lists: each component is
// stated, and none says that they ran together.
type Combination struct {
	// Recorded says whether one test run of the whole environment is on record.
	Recorded bool `json:"recorded" example:"false"`
	// Result is that of the newest recorded run.
	Result string `json:"result,omitempty" example:"passed" enums:"passed,failed"`
	// Configurations are the recorded runs of this environment, also those that do not count: of a pre-release, or in which something else failed.
	Configurations []Configuration `json:"configurations" validate:"max=1000"`
	// FailedParts are recorded runs that failed in a part of this environment: unless the whole has passed since, the verdict is at best conditional.
	FailedParts []Configuration `json:"failed_parts" validate:"max=1000"`
	// Pairs are the vendor's own images of the release that hold components asked about together, the newest first. They are no test run.
	Pairs []Pair `json:"pairs" validate:"max=1000"`
} // @name Combination

// Pair is what runs together in a container image that the vendor ships of a release.
type Pair struct {
	Components []Target `json:"components" validate:"max=100"`
	Image      Image    `json:"image" from:"."`
} // @name Pair

// Image is where a container image that the vendor ships is written down.
type Image struct {
	// Repository has its Dockerfile.
	Repository string `json:"repository" example:"wso2/docker-apim"`
	// Tag is the first of the repository that has these components.
	Tag string `json:"tag" example:"v4.7.0.1"`
	// Path is that of the Dockerfile.
	Path string `json:"path" example:"dockerfiles/alpine/apim/Dockerfile"`
	// Date is the day of the tag.
	Date string `json:"date" example:"2026-04-30" format:"date"`
	// URL leads to the Dockerfile at the tag.
	URL string `json:"url,omitempty" example:"https://github.com/wso2/docker-apim/blob/v4.7.0.1/dockerfiles/alpine/apim/Dockerfile"`
} // @name Image

// Stale is a document that nobody has held against its source for longer than it may be
// relied on.
type Stale struct {
	ID    string `json:"id" from:"Source.ID" example:"wso2-mi-4.4.0-installation-prerequisites"`
	Title string `json:"title" from:"Source.Title" example:"Installation Prerequisites"`
	// URL leads to where the vendor publishes it, else to the text that was read.
	URL string `json:"url,omitempty" from:"Source.Address" example:"https://mi.docs.wso2.com/en/4.4.0/install-and-setup/install/installation-prerequisites/"`
	// Confirmed is the last day on which it is known to have said what the answer says.
	Confirmed string `json:"confirmed" from:"Last" example:"2025-04-07" format:"date"`
} // @name Stale

// Assumed is a component that is taken for granted.
type Assumed struct {
	// Kind is the dimension it was asked under.
	Kind string `json:"kind" example:"arch"`
	// Asked is the text as it was asked.
	Asked string `json:"asked" from:"Text" example:"amd64"`
	// Technology is the id of what was understood.
	Technology string `json:"technology" from:"Technology.ID" example:"amd64"`
	// Name is the name of the technology.
	Name string `json:"name" from:"Technology.Name" example:"x86-64"`
	// Version is what was asked, in the technology's notation; missing where every version was.
	Version string `json:"version,omitempty" from:"VersionText" example:"2"`
} // @name Assumed

// Component is the answer for one component.
type Component struct {
	// Kind is the dimension it was asked under.
	Kind string `json:"kind" example:"os"`
	// Asked is the text as it was asked.
	Asked string `json:"asked" from:"Text" example:"RHEL 9"`
	// Technology is the id of what was understood; missing where it could not be read.
	Technology string `json:"technology,omitempty" from:"Technology.ID" example:"rhel"`
	// Name is the name of the technology; missing where it could not be read.
	Name string `json:"name,omitempty" from:"Technology.Name" example:"Red Hat Enterprise Linux"`
	// Version is what was asked, in the technology's notation; missing where every version was.
	Version string `json:"version,omitempty" from:"VersionText" example:"9"`
	Verdict string `json:"verdict" example:"tested" enums:"tested,compatible,conditional,not_listed,unresolved,incompatible"`
	// Word is what to call the verdict, as in the whole answer; missing where there is none.
	Word string `json:"word,omitempty" example:"supported"`
	// Match says how the versions asked for relate to those listed: the same (exact), within a listed series (series), partly listed (broader), covered by a written policy (policy), the same series but newer or older, a relative of the technology (family), or nothing of it (none).
	Match string `json:"match" example:"exact" enums:"exact,series,broader,policy,newer,older,family,none"`
	// Provisional says that the statement that decides stands on another account's copy of a vendor's page; missing where it does not.
	Provisional bool `json:"provisional,omitempty" example:"false"`
	// Why explains the verdict in one sentence.
	Why string `json:"why" example:"Red Hat Enterprise Linux 9 is listed as tested."`
	// Listed are the statements that the verdict rests on.
	Listed []Listing `json:"listed" validate:"max=1000"`
	// Nearest are the closest statements where none covers it, best first.
	Nearest []Listing `json:"nearest" validate:"max=1000"`
	// Withdrawn are statements on versions asked for that the vendor has withdrawn, the last one first; missing where nothing was, or something as good stands.
	Withdrawn []Listing `json:"withdrawn,omitempty" validate:"max=1000"`
	// Changed is the change of the vendor's that took a better verdict, where the component falls short of what was required; missing without one. It is the verdict of the same question as of the day before.
	Changed *Turn `json:"changed,omitempty" from:"Turn"`
	// Conditions are the parts of the versions asked for, where the answer depends on the precise one.
	Conditions []Condition `json:"conditions" validate:"max=1000"`
	// Advisories are the caveats that touch it.
	Advisories []Advisory `json:"advisories" validate:"max=1000"`
	// Candidates are names that may have been meant, where it is unresolved.
	Candidates []string `json:"candidates" validate:"max=100"`
	// Remark says that the versions asked for are newer than any that are known; missing where they are not.
	Remark string `json:"remark,omitempty" example:"PostgreSQL 99 is newer than any known here; the newest is 19."`
	Via    *Via   `json:"via,omitempty"`
	// Lifecycle says whether it is maintained; missing where it could not be read.
	Lifecycle *Lifecycle `json:"lifecycle,omitempty" from:"." if:"Lifecycle.State"`
	// Runs are the recorded test runs of the release in which some of the versions asked for took part, whatever ran beside it; missing where there are none.
	Runs []Configuration `json:"runs,omitempty" validate:"max=1000"`
} // @name Component

// Listing is one statement of a source about a release and a technology.
type Listing struct {
	// ID is that of the statement; /v1/claims lists them.
	ID string `json:"id" example:"mi/4.4.0/rhel/9"`
	// Label is the item as printed.
	Label string `json:"label" example:"Red Hat Enterprise Linux 9"`
	// Technology is the id of what the label names.
	Technology string `json:"technology" from:"Tech.ID" example:"rhel"`
	// Version is what the label says, in the technology's notation; missing where it says nothing of versions.
	Version string `json:"version,omitempty" from:"VersionText" example:"9"`
	// Status is what the source says.
	Status string `json:"status" example:"tested" enums:"tested,supported,required,compatible,recommended,shipped,deprecated,not_recommended,not_tested,out_of_support,incompatible,planned"`
	// When is what else has to be true, in words.
	When string `json:"when,omitempty" example:"latest releases"`
	// With is the same where versions tell it: technologies of other kinds that have to be asked about, too; of each kind all components have to be within those named. Missing where only words tell it.
	With []Target `json:"with,omitempty" validate:"max=100"`
	// Inherited is the id of the platform that it is stated about; missing where it is stated about the release itself.
	Inherited string `json:"inherited,omitempty" from:"Platform" example:"carbon"`
	// Image is the vendor's own image that the statement stands for; missing for what stands on a page.
	Image *Image `json:"image,omitempty"`
	// Run is the id of the recorded test run that the statement stands for; missing for what stands on a page.
	Run string `json:"run,omitempty" from:"Run.ID" example:"mi-4.6.0-rhel-9-temurin-21"`
	// Since is the first day on which the source is known to state it; missing where none is.
	Since string `json:"since,omitempty" from:"SinceText" example:"2026-03-24" format:"date"`
	// BroughtBy is the id of the source of the change that brought it on that day. Without it, it may have stood before.
	BroughtBy string `json:"brought_by,omitempty" example:"wso2-docs-mi-2107"`
	// Until is the day on which the vendor withdrew it: it no longer counts. Missing while it holds.
	Until string `json:"until,omitempty" example:"2026-09-04" format:"date"`
	// EndedBy is the id of the source of the change that withdrew it.
	EndedBy string `json:"ended_by,omitempty" example:"wso2-docs-apim-11856"`
	// Remark says that there are no such versions, whatever the page prints; missing where there may be.
	Remark string   `json:"remark,omitempty" example:"There is no Windows Server 2024; its neighbours are 2022 and 2025."`
	Source Citation `json:"source" from:"CitedIn(Citation, Source)"`
	// EditURL leads to the line of the catalogue that states it, to suggest a correction; missing where the catalogue does not say where its files are changed.
	EditURL string `json:"edit_url,omitempty" example:"https://github.com/testedon/testedon/edit/main/seed/catalogue/releases/mi/4.4.0.yaml#L34"`
} // @name Listing

// Citation is the place in a document that a fact stands on.
type Citation struct {
	// ID is that of the document; /v1/sources lists them.
	ID string `json:"id" example:"mi-4.4.0-installation-prerequisites"`
	// Title is that of the document.
	Title string `json:"title" example:"Installation Prerequisites"`
	// Section is the heading it stands under.
	Section string `json:"section,omitempty" example:"Tested operating systems"`
	// Quote gives the words as printed.
	Quote string `json:"quote,omitempty" example:"Red Hat Enterprise Linux 9"`
	// Authority says who published the document.
	Authority string `json:"authority" example:"official" enums:"official,site,unconfirmed,fork"`
	// URL leads to the document.
	URL string `json:"url,omitempty" example:"https://mi.docs.wso2.com/en/4.4.0/install-and-setup/install/installation-prerequisites/"`
} // @name Citation

// Condition is one part of the versions asked for and its verdict.
type Condition struct {
	// Technology is set where the question names a generic technology.
	Technology string `json:"technology,omitempty" from:"Technology.ID" example:"postgresql"`
	// Range is within the range asked for; empty where it is all of it.
	Range string `json:"range" example:">17.2 <18"`
	// When is what else has to be true, where no version tells.
	When    string `json:"when,omitempty" example:"latest releases"`
	Verdict string `json:"verdict" example:"compatible" enums:"tested,compatible,conditional,not_listed,unresolved,incompatible"`
} // @name Condition

// Turn is a change of the vendor's after which a component has a worse verdict.
type Turn struct {
	// Text says it in words.
	Text string `json:"text" example:"tested until 2026-09-04, since then 9.6 only"`
	// Until is the day of the change: the first with the worse verdict.
	Until string `json:"until" example:"2026-09-04" format:"date"`
	// VerdictBefore is the verdict of the component on the day before.
	VerdictBefore string `json:"verdict_before" from:"Before" example:"tested" enums:"tested,compatible,conditional,not_listed,unresolved,incompatible"`
	// Now are the statements on the same technology that support that verdict now.
	Now []Listing `json:"now" validate:"max=1000"`
	// Source is the change.
	Source Citation `json:"source" from:"CitedIn(Citation, Source)"`
} // @name Turn

// Via explains a match that is not direct.
type Via struct {
	// Kind says what leads there: a technology that lives on under another name, a written policy, one that a provider runs (managed), or one that another is made from (derived), which is told and leads to no verdict.
	Kind string `json:"kind" example:"successor" enums:"successor,policy,managed,derived"`
	// Technology is the id of where the statements are.
	Technology string    `json:"technology,omitempty" from:"Technology.ID" example:"adoptopenjdk"`
	Note       string    `json:"note" example:"AdoptOpenJDK was renamed to Eclipse Temurin."`
	Source     *Citation `json:"source,omitempty" from:"CitedIn(Citation, Source)" if:"Source"`
} // @name Via

// Move leads to an environment that passes. Where components bear on each other, it was judged as a whole.
type Move struct {
	Summary string   `json:"summary" example:"PostgreSQL 16 → 17.2"`
	Changes []Change `json:"changes" validate:"max=32"`
	// Release is the newer release of the product in which the environment passes as it is; its only change is of kind release.
	Release string `json:"release,omitempty" from:"Release.Version" example:"4.6.0"`
	// Verdict is that of the environment after the changes.
	Verdict string `json:"verdict" example:"tested" enums:"tested,compatible,conditional,not_listed,unresolved,incompatible"`
} // @name Move

// Offer is what the release lists of a kind, where no move leads there.
type Offer struct {
	Kind string `json:"kind" from:"Kind.ID" example:"os"`
	// Names are what is listed: first what is maintained. Behind a name stands in brackets that it is past its end of life, where not all are; that it is on no page, but in an image or a recorded test run; or that there is no such version.
	Names []string `json:"names" example:"Red Hat Enterprise Linux 9,Ubuntu 24.04" validate:"max=12"`
	// More is how many there are besides.
	More int `json:"more" example:"0"`
	// Ended says that all of them are past their vendor's end of life.
	Ended bool `json:"ended" example:"false"`
} // @name Offer

// Change replaces one component, or the release.
type Change struct {
	// Kind is that of the component; release where the release changes.
	Kind string `json:"kind" example:"dbms"`
	From string `json:"from" example:"PostgreSQL 16"`
	To   string `json:"to" example:"PostgreSQL 17.2"`
	// Step is how far it goes: to a version within those asked for (pin), within the series with the first two numbers the same (patch), within the series (minor), to another series (major), to another technology (technology), or to a newer release of the product (release).
	Step string `json:"step" example:"major" enums:"pin,patch,minor,major,technology,release"`
	// Downgrade says that it leads to an older version.
	Downgrade bool `json:"downgrade" example:"false"`
	// Ends is the last day on which its vendor maintains what it leads to; missing where that is not known.
	Ends string `json:"ends,omitempty" example:"2029-11-08" format:"date"`
} // @name Change

// Configuration is a recorded test run of one whole environment.
type Configuration struct {
	ID         string   `json:"id" example:"mi-4.4.0-rhel9-corretto21-pg17"`
	Components []Target `json:"components" validate:"max=100"`
	// Build is what ran, where that was a pre-release: then the run says nothing about the release.
	Build string `json:"build,omitempty" example:"4.4.0-alpha"`
	// Update is the update of the release that ran, where it was not the release as it came out.
	Update string `json:"update,omitempty" example:"4.1.0.90"`
	Result string `json:"result" example:"passed" enums:"passed,failed"`
	// Culprit is what failed in place of the release: then the run is no failure of the environment.
	Culprit string   `json:"culprit,omitempty" example:"the network of the runner"`
	Date    string   `json:"date" example:"2026-01-31" format:"date"`
	Note    string   `json:"note,omitempty"`
	Source  Citation `json:"source" from:"CitedIn(Citation, Source)"`
} // @name Configuration

// Target is a technology and a range of its versions.
type Target struct {
	Technology string `json:"technology" example:"rhel"`
	// Version is missing where it is every version.
	Version string `json:"version,omitempty" example:"9"`
} // @name Target

// CatalogueRef says which facts an answer is made of.
type CatalogueRef struct {
	// Revision counts the changes to the record.
	Revision int64 `json:"revision" example:"1" minimum:"0"`
	// Digest identifies the content.
	Digest string `json:"digest" example:"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"`
} // @name CatalogueRef

// Cited is the place that a fact stands on, with the document.
type Cited struct {
	fact.Citation
	*fact.Source
}

// CitedIn joins a citation with its document, which may be missing.
func CitedIn(c fact.Citation, s *fact.Source) Cited {
	if s == nil {
		s = &fact.Source{ID: c.Source}
	}
	return Cited{c, s}
}

// cite finds the document of a citation.
func (v *View) cite(c fact.Citation) Cited { return CitedIn(c, v.Source(c.Source)) }

// Cite gives a citation with its document.
func (v *View) Cite(c fact.Citation) Citation { return v.CitationOf(v.cite(c)) }

// AppendSources appends the documents that an answer cites to it, each once, in the order in
// which it does.
func (v *View) AppendSources(answer []byte) []byte {
	before, after := []byte(`"source":{"id":`), []byte(`,"title":`) // no text has these: its quotation marks are escaped
	var ids []string
	for _, rest, found := bytes.Cut(answer, before); found; _, rest, found = bytes.Cut(rest, before) {
		id, _, _ := bytes.Cut(rest, after)
		ids = fact.AppendNew(ids, string(id))
	}
	answer = append(answer[:len(answer)-len("}")], `,"sources":[`...)
	for i, quoted := range ids {
		id, _ := jsontext.AppendUnquote(nil, quoted) // which this program quoted
		answer = v.AppendCitation(wire.Comma(answer, i), v.cite(fact.Citation{Source: string(id)}))
	}
	return append(answer, "]}"...)
}
