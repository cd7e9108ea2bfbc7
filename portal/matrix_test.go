package portal_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"github.com/testedon/testedon/internal/browser"
	"github.com/testedon/testedon/internal/sample"
)

// parsed gives a page as a tree.
func parsed(t *testing.T, address string) *html.Node {
	t.Helper()
	page, _ := fetch(t, address)
	tree, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// attribute is that of an element; empty where it has none.
func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// said is the text of an element that people see.
func said(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && attribute(d.Parent, "class") != "hidden" {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// TestMatrixLeads: in the matrix of each product, of all its releases, every sign is explained and
// leads to a line of the page of its release, and every version is written as people do and leads
// to a question.
func TestMatrixLeads(t *testing.T) {
	server := start(t, browser.Answering(t))
	lines := map[string][]string{} // the ids of pages
	for _, p := range sample.Catalogue(t).Products() {
		legend, statements := []string{}, 0
		for n := range parsed(t, server+"/products/"+p.ID+"?release=all").Descendants() {
			switch {
			case n.Data == "b" && n.Parent.Data == "li" && attribute(n.Parent.Parent, "class") == "legend":
				legend = append(legend, said(n))
			case strings.HasPrefix(attribute(n, "class"), "says "):
				statements++
				sign, version := n.FirstChild, n.FirstChild.NextSibling
				page, place, _ := strings.Cut(attribute(sign, "href"), "#")
				if lines[page] == nil {
					for d := range parsed(t, server+page).Descendants() {
						lines[page] = append(lines[page], attribute(d, "id"))
					}
				}
				if place == "" || !slices.Contains(lines[page], place) {
					t.Errorf("%s: the evidence at %s#%s is not there", p.ID, page, place)
				}
				if text := said(version); text == "" || strings.ContainsAny(text, "<>") || !strings.HasPrefix(attribute(version, "href"), "/?product="+p.ID+"&release=") {
					t.Errorf("%s: %q leads to %s", p.ID, text, attribute(version, "href"))
				}
				for mark := version.NextSibling; mark != nil; mark = mark.NextSibling {
					if mark.Data == "b" && !slices.Contains(legend, said(mark)) {
						t.Errorf("%s: the legend %q does not explain %q", p.ID, legend, said(mark))
					}
				}
				if !slices.Contains(legend, said(sign)) {
					t.Errorf("%s: the legend %q does not explain %q", p.ID, legend, said(sign))
				}
			}
		}
		if statements == 0 {
			t.Errorf("%s shows nothing", p.ID)
		}
	}
}

// TestMatrixHides: what is hidden is not there, and what may be hidden is told.
func TestMatrixHides(t *testing.T) {
	server := start(t, browser.Answering(t))
	for query, unwanted := range map[string]string{"": "", "&hide=ended": "†", "&hide=unsupported": "▽", "&hide=ended&hide=unsupported": "†▽"} {
		page, _ := fetch(t, server+"/products/mi?release=all"+query)
		for _, sign := range []string{"†", "▽"} {
			if strings.Contains(page, ">"+sign+"<") == strings.Contains(unwanted, sign) {
				t.Errorf("%q: %s", query, sign)
			}
		}
	}
}

// TestTechnologyListsAll: the matrix of a technology has a row for each release that lists it, in
// which something stands.
func TestTechnologyListsAll(t *testing.T) {
	server, m := start(t, browser.Answering(t)), sample.Catalogue(t)
	for _, id := range []string{"postgresql", "java", "kubernetes", "macos", "h2", "chrome"} {
		want := 0
		for _, r := range m.Releases() {
			for _, l := range r.Listings() {
				if l.Tech.ID == id {
					want++
					break
				}
			}
		}
		var last *html.Node // the row of the statement before
		rows := 0
		for n := range parsed(t, server+"/technologies/"+id).Descendants() {
			if strings.HasPrefix(attribute(n, "class"), "says ") && n.Parent.Parent != last {
				last = n.Parent.Parent
				rows++
			}
		}
		if rows != want {
			t.Errorf("%s is listed by %d releases and has %d rows", id, want, rows)
		}
	}
}

// TestMatrixFits: eight releases stand beside each other on a wide page; on a narrow one the names of
// technologies and releases stay in sight.
func TestMatrixFits(t *testing.T) {
	s := newSite(t)
	over := func(what string) {
		if n := browser.Eval[int](t, s.Tab, `document.documentElement.scrollWidth - innerWidth`); n > 0 {
			t.Errorf("%s: %d pixels stick out", what, n)
		}
	}
	s.Do(t, chromedp.EmulateViewport(1280, 900))
	for _, p := range sample.Catalogue(t).Products() {
		if len(p.Releases()) < 8 {
			continue
		}
		s.Do(t, chromedp.Navigate(s.server+"/products/"+p.ID))
		if got := browser.Eval[[]int](t, s.Tab, `(() => { const box = document.querySelector(".both"); return [box.scrollWidth - box.clientWidth, box.querySelectorAll("thead th").length]; })()`); got[0] > 0 || got[1] != 9 {
			t.Errorf("%s: %d columns, of which %d pixels are cut", p.ID, got[1], got[0])
		}
		over(p.ID)
	}
	s.Do(t, chromedp.EmulateViewport(390, 844))
	for _, path := range []string{"/products/apim?release=all", "/technologies/postgresql"} {
		s.Do(t, chromedp.Navigate(s.server+path))
		over(path)
		moved := browser.Eval[[]int](t, s.Tab, `(() => {
			const box = document.querySelector(".both"), row = [...box.querySelectorAll("tbody th[scope=row]")].at(-1), head = box.querySelector("thead th:last-child");
			box.scrollTo(300, 200);
			const edge = box.getBoundingClientRect(), first = row.getBoundingClientRect();
			return [box.scrollLeft, box.scrollTop, Math.round(first.left - edge.left), Math.round(head.getBoundingClientRect().top - edge.top), Math.round(first.width)];
		})()`)
		if moved[0] != 300 || moved[1] != 200 || moved[2] > 2 || moved[3] > 2 || moved[4] > 390/2 {
			t.Errorf("%s: moved by %d and %d, the first column is %d off and %d wide, the head %d off", path, moved[0], moved[1], moved[2], moved[4], moved[3])
		}
	}
	s.flawless(t)
}
