package cli

import (
	"strings"

	"github.com/testedon/testedon/api/answers"
)

// resources is what an environment offers beside its components, and how the
// release is to run in it: flags, and members of a question. What is not given
// is nil; that a text is empty is for the API to tell.
type resources struct {
	Cores      *string `json:"cores,omitempty" placeholder:"NUMBER" help:"Processor cores there are, such as 2, 0.5 or 500m."`
	Memory     *string `json:"memory,omitempty" placeholder:"AMOUNT" help:"Memory there is, such as 4GB or 2048 MiB."`
	Disk       *string `json:"disk,omitempty" placeholder:"AMOUNT" help:"Free disk space there is, such as 10GB."`
	Deployment *string `json:"deployment,omitempty" placeholder:"NAME" help:"How the release is to run, where its requirements tell deployments apart: id, name or alias."`
}

// writeResources writes how each resource compares with what is needed, and the
// words that it was held against.
func writeResources(b *strings.Builder, r *answers.Resources) {
	writeTable(b, "Resources", r.Items, resourceCells)
	writeList(b, "Requirements as printed", needsOf(r), statedNeed)
}

// resourceCells is the row of one resource in one deployment.
func resourceCells(r answers.Resource) []string {
	return []string{r.Deployment, r.Resource, r.Asked, words(r.Status), r.Why}
}

// needsOf gives the requirements that resources were held against.
func needsOf(r *answers.Resources) []answers.Requirement {
	var all []answers.Requirement
	for _, item := range r.Items {
		all = append(all, item.Needs...)
	}
	return all
}
