package page

import (
	"slices"
	"strings"
)

// statusWords are the phrases by which pages say what holds. The nouns say it in
// headings, heads and labels; a sentence that names the "compatibility" or the
// "requirements" states nothing by that. The phrases of no status are there so that
// no part of them says any.
var statusWords = lexiconOf([]entry{
	{"", `
not only|just|limited
battle tested
may|might|could ~ =|support|work|run on|with|in other|others
end of life|support|sale date*|polic*|schedule*
non eol
without|no known? issues|problems|errors
technical|customer|paid|contact|contacting|our|your|email|phone|commercial|premium|get|getting support
support|supported team*|ticket*|case*|portal*|contract*|plan*|subscription*|polic*|engineer*|forum*|channel*|site
you will need to|not
support*|required|recommended|enough|sufficient for? up|at? to|most|least? about|around|over? # concurrent|active|registered|named? user*|request*|connection*|client*|session*|node*|seat*|agent*|developer*|people|employee*|device*|tps|rps
assumes|assume|assuming that? you
build|builds|install|installs|image|images is|are? assume*|assuming|expect*|believed|likely|presum*|supposed|thought|should|reportedly
required|needed to ~ build|compile|develop|contribute`, `
backward*|forward* compatibility`},
	{unclear, `
will|wo|shall not|n't ~ =|support|work|run
will|shall no longer ~ =|support|work|run
will|shall be ~ removed|dropped|deprecated|discontinued|withdrawn|retired
will|shall end|cease|drop|stop
will|shall be ~ required|needed|mandatory
required|needed|minimum will|shall be
support ... will|shall be? ~ removed|dropped|deprecated|discontinued|withdrawn|retired|end|ended
issues|problems ... seen|found|reported|observed|occur|occurred with|on|in|under
= ,? except|but :
hardly|barely|scarcely ~ =
support* ... until|ends|ending|expires|expiry|expiration
= only? until
until #
may|might|could ~ work|run|be|support
should be ~ tested
has|have been ~ supported|compatible|recommended
hardly|barely|scarcely|rarely|seldom ~ =|support*|work|works|run|runs
partial|partially
partial|partially|limited|experimental =|support*`, `
^ adding|requesting|proposing|choosing|removing
experimental
technical|tech|technology|public preview`},
	{planned, `
not|n't|never yet ~ =|support* +
yet to ~ =
to be ~ tested|supported|certified|verified|validated|added|confirmed|determined|announced
will|shall ~ =|available|added +
will|shall ~ support|test|certify|verify|add
going|meant|intended|planned|scheduled to ~ =|support|test|work|run
intend|intends|aim|aims|plan|plans|hope|hopes to ~ =|support|test|certify|add|run
planned|upcoming|future|forthcoming|coming ~ support
support ... is|are ~ not? planned|coming|scheduled
planned
coming soon|next|later
on the|our roadmap
tba|tbd|tbc
in progress|preparation
under evaluation|investigation|consideration`, `
upcoming|future|roadmap
not yet`},
	{outOfSupport, `
no longer ~ =|support*|test|tests|work|works|run|runs|available +
not|n't ~ = any longer|more
formerly|previously|originally|once ~ = +
used to ~ =|support|work
had ~ = +
was|were|had ~ supported|compatible|recommended +
out of extended|mainstream|vendor|general? support|maintenance
end of life|support|maintenance
eol
support ... ended|expired|ceased|stopped|discontinued
support ... was|were|is|are|been ~ dropped|removed|discontinued|withdrawn|ended
drop|drops|dropped|dropping|remove|removes|removed|removing|ended|discontinued|withdrew|withdrawn the? support
discontinued|unmaintained`, `
removed|retired|obsolete|dropped|withdrawn|former
support dropped|removed|withdrawn
^ was|were ~ =`},
	{notRecommended, `
not|never|n't|neither|nor|longer ~ recommend*|advised
discouraged
should|must not ~ used
advise|advises against`, ``},
	{notTested, `
not|never|n't|neither|nor|cannot ~ tested|certified|verified|validated|qualified|test +
untested|unverified|uncertified
without ~ test*
no test|tests|testing`, ``},
	{incompatible, `
not|never|n't|neither|nor|cannot ~ =|support|supports|work|works|run|runs|allowed|usable|used +
incompatib*|unsupported
without|no|lack|lacks|lacking ~ support
prevent|prevents ... use|using|usage|working`, ``},
	{deprecated, `
deprecated`, `
deprecation*`},
	{assumed, `
assumes|assume|assumed|assuming|assumption
reportedly ~ =|works|work|runs|run
expect*|believed|likely|presumed|presumably|supposed|thought|should to? also|still? ~ =|work|run|support|function`, `
assum*|expected`},
	{tested, `
tested|certified
passed|passes ... test|tests|testing on|with|against
verified|validated with|on|against
we ~ test with|on|against
regularly|continuously|extensively test|tests with|on|against`, `
verified|validated|qualified|certification*`},
	{minimum, `
recommended? minimum is? recommended?
at least`, ``},
	{recommended, `
recommended|recommend|recommends|preferred
instead use
instead , use`, `
recommendation|recommendations`},
	{required, `
require|requires|required|mandatory
version requirement*
must be used|installed
must have|be
you will need`, `
requirement|requirements|prerequisite*|necessary`},
	{compatible, `
compatible
run|runs|work|works on|with
on top of`, `
compatibility|compatibilities
following combinations`},
	{unclear, `
support for|of|on ... is|are|was|remains|has|have|will|comes`, ``},
	{supported, `
supported|supports|support|supporting`, ``},
})

// doubts are phrases after which a part of a sentence may say something else than the whole,
// and so does a word of denial that belongs to no phrase of a status.
var (
	doubts = lexiconOf([]entry{{unclear, `
neither ... nor
^ unlike
^ for|in example|instance|contrast
not the? true|case
^ on|in|with|for previous|earlier|older|former|future version*|release*
myth*|rumour*|rumor*|hearsay|allegedly|supposedly`, ``}})
	denying = strings.Fields("not n't never no none nobody cannot nor hardly barely scarcely seldom rarely few fail fails failed failing break breaks broken")
)

// apart are words of a sentence before a list by which the list holds what its heading does not.
var apart = lexiconOf([]entry{{unclear, `
avoid*|exclu*|except|excepts|exception|exceptions|excepting|crash*|hang|hangs|corrupt*|refuse*|reject*|forbid*|forbidden|prohibit*|disallow*|block|blocks|blocked
problem*|issue|issues|trouble*|bug|bugs|defect*|error|errors|unstable|unusable|impossible|unsafe|beware|wrong|dropped|removed|retired|obsolete|legacy
everything|anything|whatever else
all|any|every|everything ... but
but :|not
unless it|they|you|one|listed|among
from|since version*? # on|onward*|upward*
next|later|future|coming|upcoming|previous|earlier|older|former|past|old version*|release*
until|anymore|formerly|previously|soon`, ``}})

// ending are remarks after which nothing is left of a yes, or nobody can tell what.
var ending = lexiconOf([]entry{{unclear, `
until|through|to version*? release*? #
ended|last with|in version*? release*? #
not ~ covered
^ x
^ do|does|did not|n't
^ fails|failed|failing|crashes|crashed|broken|breaks|avoid|never
known ... fail*|crash*|broken
broken|dropped|removed since|in|as|after|with
support ... dropped|removed|ended|ends|withdrawn
require|requires|need|needs|upon|on|to ... approval|request|permission`, ``}})

// refusals are what heads and remarks begin with that take a yes away, beside the words for a status.
var refusals = lexiconOf([]entry{
	{incompatible, `
^ fail|fails|failed|failing|broken
^ does|do|did|wo|will|ca|can not|n't start|work|run|boot|install
^ cannot start|work|run|boot|be|install`, ``},
	{unclear, `
^ do|must|should|please|better not|n't
^ avoid|avoided|never|crash|crashes|hangs|unusable|unstable|bad|legacy|blocked|excluded|excluding|except|exceptions|rejected|forbidden
^ known|likely to fail|break|crash
^ known issues|problems
^ at your own? risk
^ not on|with|for|in`, ``},
})

// doubtful reports whether a part of a sentence says something else than the whole, or may.
func doubtful(text string) bool {
	words := spokenIn(text)
	if len(doubts.in(words, false, 1)) > 0 {
		return true
	}
	end := 0
	for _, f := range append(statusWords.in(words, false, len(words)), found{"", len(words), len(words)}) {
		if slices.ContainsFunc(words[end:f.from], func(w spoken) bool { return slices.Contains(denying, w.text) }) {
			return true
		}
		end = f.to
	}
	return false
}

// setsApart reports whether a sentence before a list denies of it what its heading says, or may.
func setsApart(text string) bool {
	return doubtful(text) || len(apart.in(spokenIn(statusWords.without(text)), false, 1)) > 0
}

// cue is a place in a text that says what holds.
type cue struct {
	status   string
	from, to int
	others   bool // it speaks of some other thing
}

// mayState reports whether a text says what holds.
func mayState(text string) bool { return len(cuesIn(text, false)) > 0 }

// firstCue gives what a remark says by its first words: "not tested", "does not work".
func firstCue(text string, nouns bool) (cue, bool) {
	cues := cuesIn(text, nouns)
	if len(cues) == 0 || auxiliary().FindString(text[:cues[0].from]) != text[:cues[0].from] {
		return cue{}, false
	}
	return cues[0], true
}

// auxiliary are the verbs that stand before what a remark says.
var auxiliary = compiled(`(?i)^(?:(?:it|this|does|do|did|is|are|was|were|has|have|been|currently)\s+)*`)

// cuesIn gives the places of a text that say what holds; nouns tells whether they do.
func cuesIn(text string, nouns bool) []cue {
	var cues []cue
	words := spokenIn(text)
	for _, f := range statusWords.in(words, nouns, 2*maxMentions) {
		if f.meaning != "" {
			cues = append(cues, cue{f.meaning, words[f.from].from, words[f.to-1].to, ofOther(words, f.from)})
		}
	}
	return cues
}

// ofOther reports whether the words before a cue say that it speaks of some other thing.
func ofOther(words []spoken, i int) bool {
	before := i - 1
	if before >= 0 && (words[before].text == "are" || words[before].text == "is") {
		before--
	}
	if before >= 0 && slices.Contains([]string{"that", "which", "whether", "not", "n't", "longer"}, words[before].text) {
		return true
	}
	if before >= 1 && (words[before].text == "you" && words[before-1].text == "are" || words[before].text == "it" && words[before-1].text == "is") {
		return true
	}
	for k := i - 1; k >= max(0, i-6) && words[k].text != "." && words[k].text != ";" && words[k].text != ","; k-- {
		if slices.Contains([]string{"other", "others", "else", "earlier", "older", "lower"}, words[k].text) {
			return true
		}
	}
	return false
}
