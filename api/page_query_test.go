package api_test

import (
	"bytes"
	"net/url"
	"strings"
	"testing"
)

// added are parameters that addresses get on their way to people: from networks, mailings,
// advertisements and searches, and from those who keep caches from answering.
var added = []string{
	"utm_source=oracle", "utm_medium=email", "utm_campaign=rhel-9", "utm_term=postgres+17", "utm_content=a", "utm_id=1", "fbclid=IwAR0", "gclid=Cj0K",
	"gbraid=0A", "wbraid=C", "gad_source=1", "dclid=C", "msclkid=0", "yclid=1", "twclid=2", "ttclid=E", "li_fat_id=a", "igshid=Y", "mc_cid=0", "mc_eid=0",
	"mkt_tok=N", "_hsenc=p2", "_hsmi=1", "hsCtaTracking=a", "hsa_acc=1", "hsa_src=g", "vero_id=v", "_ga=2.1", "_gl=1", "oly_enc_id=1", "s_cid=a", "trk=public",
	"ref=oracle", "ref_src=twsrc", "source=github", "si=a", "share=1", "spm=a2", "scene=1", "_=1732871000", "t=1", "ts=1732871000", "cb=17", "v=2", "r=0.17",
	"dl=0", "oq=testedon", "ie=UTF-8", "id=9", "lang=en", "theme=dark", "link=a", "code=b", "auth=c", "search=rhel", "more=1", "page=2", "pos=3", "=x", "utm_x=100%",
	"x=%zz", "&", "a=1&b=2&c=3",
}

// shared are addresses that people pass on, each with a question or a choice.
var shared = []string{
	"/?product=mi&release=4.4.0&os=RHEL+9", "/?q=is+RHEL+9+tested+for+MI+4.4.0", "/products?", "/products/mi?kind=dbms", "/products/mi/4.4.0?", "/technologies?q=postgers",
	"/technologies/postgresql?", "/compare?product=mi&from=4.3.0&to=4.4.0", "/embed?product=mi&release=4.4.0&os=RHEL+9",
	"/embed/check?product=mi&release=4.4.0&os=RHEL+9", "/embed/check.html?product=mi&release=4.4.0&os=RHEL+9", "/embed/check.md?product=mi&release=4.4.0&os=RHEL+9",
	"/badge/mi/4.4.0.svg?os=RHEL+9", "/badge/mi/4.4.0.json?os=RHEL+9", "/oembed?url=http%3A%2F%2Fx.example%2F%3Fproduct%3Dmi%26release%3D4.4.0%26os%3DRHEL%2B9",
}

// TestAddedParameters: what an address gets on its way changes nothing of the answer, not
// even the tag by which it is kept. The API takes it for a slip.
func TestAddedParameters(t *testing.T) {
	c := newSeeded(t).beyond()
	for _, path := range shared {
		plain := c.get(path, "Accept", "text/html")
		if plain.status != 200 || plain.header.Get("X-TestedOn-Problem") != "" {
			t.Fatalf("%s: %d %s", path, plain.status, plain.body)
		}
		for i, more := range added {
			if testing.Short() && i%10 > 0 {
				continue
			}
			addresses := []string{path + "&" + more, strings.Replace(path, "?", "?"+more+"&", 1)}
			if strings.HasPrefix(path, "/oembed") {
				addresses = append(addresses, path+url.QueryEscape("&"+more))
			}
			for _, address := range addresses {
				got := c.get(address, "Accept", "text/html")
				if got.status != 200 || !bytes.Equal(got.body, plain.body) || got.header.Get("ETag") != plain.header.Get("ETag") || got.header.Get("X-TestedOn-Problem") != "" {
					t.Errorf("%s: %d %s %s", address, got.status, got.header.Get("X-TestedOn-Problem"), told(got.body))
				}
			}
		}
	}
	for _, more := range []string{"utm_source=a", "fbclid=a", "_=1", "style=flat"} {
		for _, path := range []string{"/v1/check?product=mi&release=4.4.0&os=RHEL+9&", "/v1/products?", "/v1/technologies/postgresql?", "/v1/search?q=rhel&"} {
			if got := c.get(path + more); got.status != 400 {
				t.Errorf("%s%s: %d", path, more, got.status)
			}
		}
	}
}

// told gives the problem that stands on a page.
func told(page []byte) string {
	_, after, _ := strings.Cut(string(page), `role="alert"`)
	return after[:min(len(after), 200)]
}

// TestBadgeAsShields: a badge takes what Shields takes, and stays as it is.
func TestBadgeAsShields(t *testing.T) {
	c := newServer(t).beyond()
	const path = "/badge/mi/4.4.0.svg?os=RHEL+9&label=mine"
	plain := c.get(path)
	for _, more := range []string{"style=flat-square", "logo=redhat", "logoColor=white", "logoSize=auto", "logoWidth=40", "labelColor=blue", "color=red", "cacheSeconds=3600", "maxAge=1", "link=https%3A%2F%2Fa.example", "colorA=1"} {
		got := c.get(path + "&" + more)
		if !bytes.Equal(got.body, plain.body) || got.header.Get("ETag") != plain.header.Get("ETag") || got.header.Get("X-TestedOn-Problem") != "" {
			t.Errorf("%s: %s %s", more, got.header.Get("X-TestedOn-Problem"), got.body)
		}
	}
	if got := c.get(path + "&product=ei"); got.header.Get("X-TestedOn-Problem") == "" {
		t.Error("the product of the path and another are one")
	}
}

// missed are parameters that were meant for one that is taken.
var missed = []string{"oss=RHEL+8", "OS=RHEL+8", "od=RHEL+8", "so=RHEL+8", "os%5B%5D=RHEL+8", "os%5B0%5D=RHEL+8", "os1=RHEL+8", "os_version=RHEL+8", "osVersion=RHEL+8", "os-name=RHEL+8",
	"operating_system=RHEL+8", "dbmss=Postgres+16", "dbm=Postgres+16", "databse=Postgres+16", "Database=Postgres+16", "db1=Postgres+16", "DB=Postgres+16", "jkd=Corretto+8", "jdks=Corretto+8",
	"java_version=8", "aarch=arm64", "relaese=4.3.0", "release_version=4.3.0", "requires=exact", "postgres=16", "PostgreSQL=16", "memroy=1MB", "browsers=Chrome+1", "kuberntes=EKS+1.1", "dbms%=Postgres+16",
	"asof=2026-09-03", "as-of=2026-09-03", "as_of=2026-09-03", "AsOf=2026-09-03", "Known=1", "knwon=1"}

// TestMissedParameters: a part of a question that gets lost by the name it has is told,
// and nothing passes.
func TestMissedParameters(t *testing.T) {
	c := newSeeded(t).beyond()
	const question = "product=mi&release=4.4.0&os=RHEL+9&jdk=Corretto+21"
	for _, slip := range missed {
		name, _, _ := strings.Cut(slip, "=")
		name, err := url.QueryUnescape(name)
		if err != nil {
			name = "dbms%"
		}
		wanted := `There is no parameter "` + name + `" here`
		for path, status := range map[string]int{
			"/?" + question + "&" + slip: 400, "/embed?" + question + "&" + slip: 400, "/embed/check?" + question + "&" + slip: 400,
			"/embed/check.html?" + question + "&" + slip: 400, "/embed/check.md?" + question + "&" + slip: 400,
			"/badge/mi/4.4.0.svg?os=RHEL+9&" + slip: 200, "/badge/mi/4.4.0.json?os=RHEL+9&" + slip: 200,
			"/oembed?url=" + url.QueryEscape("http://x.example/?"+question+"&"+slip): 400,
		} {
			got := c.get(path, "Accept", "text/html")
			plain := strings.NewReplacer("&#34;", `"`, `\"`, `"`, "`", "").Replace(string(got.body)) + got.header.Get("X-TestedOn-Problem")
			if got.status != status || !strings.Contains(plain, wanted) || strings.Contains(plain, "Passes") || strings.Contains(plain, ": tested<") || strings.Contains(plain, `"message":"tested"`) {
				t.Errorf("%s: %d %s %.300s", path, got.status, got.header.Get("X-TestedOn-Problem"), got.body)
			}
			if got := c.get(path, "Accept", "text/html", "If-None-Match", c.get("/badge/mi/4.4.0.svg?os=RHEL+9").header.Get("ETag")); got.status == 304 {
				t.Errorf("%s is taken for the question without it", path)
			}
		}
	}
}

// TestMissedChoices: where nothing passes, what was passed over is told beside the page.
func TestMissedChoices(t *testing.T) {
	c := newServer(t).beyond()
	for path, link := range map[string]string{
		"/products/mi?knd=dbms":           `href="/products/mi?kind=dbms"`,
		"/products/mi?releases=4.4.0&q=p": `href="/products/mi?q=p&amp;release=4.4.0"`,
	} {
		got := c.get(path, "Accept", "text/html")
		if got.status != 200 || !strings.Contains(string(got.body), "There is no parameter") || !strings.Contains(string(got.body), link) || !strings.Contains(string(got.body), `class="matrix"`) {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
		if plain := c.get("/products/mi"); plain.header.Get("ETag") == got.header.Get("ETag") {
			t.Errorf("%s is kept for the page without it", path)
		}
	}
	got := c.get("/oembed?max_width=300&url=" + url.QueryEscape(c.base+mainPage))
	if got.status != 200 || !strings.Contains(got.header.Get("X-TestedOn-Problem"), "Did you mean maxwidth?") {
		t.Errorf("oEmbed: %d %s", got.status, got.header.Get("X-TestedOn-Problem"))
	}
	if mended := c.get("/?product=mi&release=4.4.0&oss=RHEL+9", "Accept", "text/html"); !strings.Contains(string(mended.body), `href="/?os=RHEL&#43;9&amp;product=mi&amp;release=4.4.0"`) {
		t.Errorf("nothing leads to what was meant: %s", mended.body)
	}
	if many := c.get("/embed/check.html?product=mi&release=4.4.0&os=RHEL+9&" + strings.Repeat("a=1&", 100)); many.status != 400 {
		t.Errorf("a hundred parameters that mean nothing: %d", many.status)
	}
}

// TestUnknownParameters: a parameter of a question that nobody is known to add to
// addresses may be a part of it. It is told, and the answer does not pass.
func TestUnknownParameters(t *testing.T) {
	c := newSeeded(t).beyond()
	for _, path := range append([]string{"/?", "/?product=mi", "/find?os=RHEL+9", "/retest?", "/changes?", "/sources?q=install", "/coverage?", "/fleet?", "/embed?", "/problems/invalid?",
		"/products/mi/4.4.0/test-plan?"}, shared[:9]...) {
		got := c.get(path+"&limitt=5", "Accept", "text/html")
		if got.status != 200 || !strings.Contains(string(got.body), "&#34;limitt&#34; is not understood") {
			t.Errorf("%s: %d %s", path, got.status, told(got.body))
		}
	}
	for _, name := range strings.Fields("osversion jdkversion so kdj k8 directories texts environment components platform mem ram storage req bar strict version rel prod deploy \xef\xbd\x84bms foo") {
		for _, path := range shared {
			if strings.HasPrefix(path, "/products") || strings.HasPrefix(path, "/technologies") || strings.HasPrefix(path, "/compare") || strings.HasPrefix(path, "/embed?") {
				continue
			}
			more := "&" + url.QueryEscape(name) + "=exact"
			if strings.HasPrefix(path, "/oembed") {
				more = url.QueryEscape(more)
			}
			got := c.get(path+more, "Accept", "text/html")
			verdict := got.header.Get("X-TestedOn-Verdict")
			if got.status >= 500 || strings.HasSuffix(verdict, "; pass") {
				t.Errorf("%s%s: %d %s", path, more, got.status, verdict)
			}
			if plain := c.get(path, "Accept", "text/html"); got.status == 200 && plain.header.Get("ETag") == got.header.Get("ETag") {
				t.Errorf("%s%s has the tag of the question without it", path, more)
			}
		}
	}
}
