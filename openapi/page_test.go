package openapi_test

import (
	"encoding/json"
	"maps"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/testedon/testedon/internal/browser"
	"github.com/testedon/testedon/openapi"
)

// TestPage opens the documentation in a browser and executes every operation of
// the contract as it comes filled in. TESTEDON_SCREENSHOTS names a folder for
// pictures of the page.
func TestPage(t *testing.T) {
	home := serve(t)
	tab := browser.New(t, home)
	tab.Do(t,
		chromedp.Navigate(home+"/docs"),
		chromedp.WaitVisible(chromedp.CSS(".opblock")),
	)
	tab.Pictures(t, "closed")
	if told := tab.Text(t, ".info .title"); !strings.Contains(told, "OAS 3.1") {
		t.Errorf("the page is one of %s", told)
	}
	for _, operation := range operations(t) {
		t.Run(operation.id, func(t *testing.T) { execute(t, tab, operation) })
	}
	for _, fault := range tab.Faults() {
		t.Error(fault)
	}
}

// operation is an operation of the contract as the page shows it.
type operation struct{ id, tag string }

// operations lists the operations of the contract.
func operations(t *testing.T) []operation {
	t.Helper()
	var doc struct {
		Paths map[string]map[string]struct {
			OperationID string
			Tags        []string
		}
	}
	if err := json.Unmarshal(openapi.Document(), &doc); err != nil {
		t.Fatal(err)
	}
	var all []operation
	for _, path := range slices.Sorted(maps.Keys(doc.Paths)) {
		for _, method := range slices.Sorted(maps.Keys(doc.Paths[path])) {
			found := doc.Paths[path][method]
			all = append(all, operation{found.OperationID, found.Tags[0]})
		}
	}
	return all
}

// answers are words that the answers to some operations must have, as the page
// shows them.
var answers = map[string]string{
	"check":            "{\n  \"verdict\": \"tested\",\n  \"pass\": true,",
	"checkEnvironment": "{\n  \"verdict\": \"tested\",\n  \"pass\": true,",

	"find":        "\"passing\": 1,",
	"compare":     "\"from\": \"4.3.0\",\n  \"to\": \"4.4.0\"",
	"getTestPlan": "\"strategy\": \"pairwise\",",

	"listReleaseRequirements": "\"resource\": \"memory\"",
	"listReleasePorts":        "\"port\": 8253,",
	"listReleaseAdvisories":   "\"inherited\": \"carbon\"",
	"listReleaseNotes":        "\"topic\": \"registry\"",
	"getSource":               "\"release\": \"4.4.0\"",
}

// execute opens an operation, executes it as filled in and looks at the answer.
func execute(t *testing.T, tab *browser.Tab, operation operation) {
	block := "#operations-" + url.PathEscape(operation.tag) + "-" + operation.id
	live := block + " .live-responses-table .response "
	tab.Do(t,
		chromedp.Click(chromedp.CSS(block+" .opblock-summary-control")),
		chromedp.WaitVisible(chromedp.CSS(block+" .responses-table .response")),
	)
	if operation.id == "check" { // and its button are on one screen
		const height = `document.querySelector(".btn.execute").getBoundingClientRect().bottom - document.querySelector(".opblock.is-open").getBoundingClientRect().top`
		if high := browser.Eval[float64](t, tab, height); high > 720 {
			t.Errorf("Execute is %v pixels below the operation", high)
		}
		tab.Do(t, chromedp.Click(chromedp.CSS(block+" button.more[aria-expanded=false]")), chromedp.WaitVisible(chromedp.CSS(block+" [data-param-name=memory] input")))
	}
	tab.Do(t, chromedp.Click(chromedp.CSS(block+" .btn.execute")))
	status, body := tab.Text(t, live+".response-col_status"), tab.Text(t, live+".response-col_description")
	if !strings.HasPrefix(status, "2") {
		t.Errorf("answered %s: %s", status, body)
	}
	tab.Pictures(t, operation.id)
	tab.Do(t, chromedp.Click(chromedp.CSS(block+" .opblock-summary-control")))
	if want := answers[operation.id]; !strings.Contains(body, want) {
		t.Errorf("the answer has no %s: %s", want, body)
	}
}

// serve runs the server over the embedded catalogue and gives its address.
func serve(t *testing.T) string {
	t.Helper()
	running := httptest.NewServer(browser.Answering(t))
	t.Cleanup(running.Close)
	return running.URL
}
