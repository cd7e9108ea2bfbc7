// Program ogen asks the five questions by a client that ogen made, in package oa.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"slices"

	"clients/oa"
)

func main() {
	log.SetFlags(0)
	client, err := oa.NewClient(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	if err := questions(context.Background(), client); err != nil {
		log.Fatalf("ogen: %v", err)
	}
	fmt.Println("ogen: five questions answered")
}

func questions(ctx context.Context, client *oa.Client) error {
	got, err := client.Check(ctx, oa.CheckParams{Product: "mi", Release: "4.4.0", Os: []string{"RHEL 9"}, Jdk: []string{"Corretto 21"}})
	if err != nil {
		return err
	}
	if answer, ok := got.(*oa.AnswerHeaders); !ok || answer.Response.Verdict != oa.VerdictTested {
		return fmt.Errorf("GET: %+v", got)
	}

	asked := oa.Question{Product: oa.NewOptNilString("mi"), Release: oa.NewOptNilString("4.4.0"),
		Environment: oa.NewOptNilQuestionEnvironment(oa.QuestionEnvironment{"os": oa.NewStringQuestionEnvironmentItem("RHEL 9")})}
	posted, err := client.CheckEnvironment(ctx, &asked, oa.CheckEnvironmentParams{})
	if err != nil {
		return err
	}
	if !posted.Response.Pass {
		return fmt.Errorf("POST: %+v", posted)
	}

	wrong := asked
	wrong.Release = oa.NewOptNilString("4.4.1")
	many, err := client.CheckMany(ctx, &oa.Questions{Items: []oa.Question{asked, wrong}}, oa.CheckManyParams{})
	if err != nil {
		return err
	}
	if len(many.Items) != 2 || many.Items[0].Answer.Value.Verdict != oa.VerdictTested || !slices.Contains(many.Items[1].Problem.Value.Candidates, "4.4.0") {
		return fmt.Errorf("many: %+v", many)
	}

	found, err := client.Find(ctx, oa.FindParams{Os: []string{"RHEL 9"}, Limit: oa.NewOptInt64(3)})
	if err != nil {
		return err
	}
	if releases, ok := found.(*oa.FindingsHeaders); !ok || len(releases.Response.Items) != 3 {
		return fmt.Errorf("find: %+v", found)
	}

	_, err = client.Check(ctx, oa.CheckParams{Product: "mi", Release: "4.4.1", Os: []string{"RHEL 9"}})
	var problem *oa.ProblemStatusCodeWithHeaders
	if !errors.As(err, &problem) || problem.StatusCode != 404 || !slices.Contains(problem.Response.Candidates, "4.4.0") || problem.Response.Hint == "" {
		return fmt.Errorf("problem: %+v", err)
	}
	return nil
}
