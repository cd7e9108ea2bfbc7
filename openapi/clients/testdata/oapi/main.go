// Program oapi asks the five questions by a client that oapi-codegen made, in package oapi.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"slices"

	"clients/oapi"
)

func main() {
	log.SetFlags(0)
	client, err := oapi.NewClientWithResponses(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	if err := questions(context.Background(), client); err != nil {
		log.Fatalf("oapi-codegen: %v", err)
	}
	fmt.Println("oapi-codegen: five questions answered")
}

func questions(ctx context.Context, client *oapi.ClientWithResponses) error {
	got, err := client.CheckWithResponse(ctx, &oapi.CheckParams{Product: "mi", Release: "4.4.0", Os: &[]string{"RHEL 9"}, Jdk: &[]string{"Corretto 21"}})
	if err != nil {
		return err
	}
	if got.JSON200 == nil || got.JSON200.Verdict != oapi.Tested {
		return fmt.Errorf("GET: %s", got.Body)
	}

	product, release := "mi", "4.4.0"
	var os oapi.Question_Environment_AdditionalProperties
	if err := os.FromQuestionEnvironment0("RHEL 9"); err != nil {
		return err
	}
	asked := oapi.Question{Product: &product, Release: &release, Environment: &map[string]oapi.Question_Environment_AdditionalProperties{"os": os}}
	posted, err := client.CheckEnvironmentWithResponse(ctx, nil, asked)
	if err != nil {
		return err
	}
	if posted.JSON200 == nil || !posted.JSON200.Pass {
		return fmt.Errorf("POST: %s", posted.Body)
	}

	wrong, unknown := asked, "4.4.1"
	wrong.Release = &unknown
	many, err := client.CheckManyWithResponse(ctx, nil, oapi.Questions{Items: []oapi.Question{asked, wrong}})
	if err != nil {
		return err
	}
	if items := many.JSON200.Items; len(items) != 2 || items[0].Answer.Verdict != oapi.Tested || !slices.Contains(items[1].Problem.Candidates, "4.4.0") {
		return fmt.Errorf("many: %s", many.Body)
	}

	limit := int64(3)
	found, err := client.FindWithResponse(ctx, &oapi.FindParams{Os: &[]string{"RHEL 9"}, Limit: &limit})
	if err != nil {
		return err
	}
	if found.JSON200 == nil || len(found.JSON200.Items) != 3 {
		return fmt.Errorf("find: %s", found.Body)
	}

	refused, err := client.CheckWithResponse(ctx, &oapi.CheckParams{Product: "mi", Release: "4.4.1", Os: &[]string{"RHEL 9"}})
	if err != nil {
		return err
	}
	if problem := refused.ApplicationproblemJSONDefault; refused.StatusCode() != 404 || problem == nil || !slices.Contains(problem.Candidates, "4.4.0") || problem.Hint == "" {
		return fmt.Errorf("problem: %s", refused.Body)
	}
	return nil
}
