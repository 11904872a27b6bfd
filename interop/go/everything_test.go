package interop

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

type echoParams struct {
	mcp.ParamsBase
	Word string `json:"word"`
}

type echoResult struct {
	mcp.ResultBase
	Word string `json:"word"`
}

func TestEverything(t *testing.T) {
	server := os.Getenv("PORTICO_EVERYTHING")
	eachSetting(t, func(t *testing.T, s setting) {
		var answer func(*mcp.ElicitParams) *mcp.ElicitResult
		v := connect(t, s, host{
			elicit: func(params *mcp.ElicitParams) *mcp.ElicitResult { return answer(params) },
			sample: model,
			roots:  []*mcp.Root{{URI: "file:///project", Name: "project"}},
		}, server)
		v.awaitListening(t)
		checkContent(t, v)
		checkRunning(t, v)
		checkAnnouncements(t, v)
		checkModelAndRoots(t, v)
		checkElicitation(t, v, &answer)
	})
}

func checkContent(t *testing.T, v *visit) {
	check(t, "every type of content arrives, or stands as text where the revision lacks it", func(t *testing.T) {
		var types []string
		for _, block := range v.call(t, "show", nil).Content {
			types = append(types, strings.TrimPrefix(fmt.Sprintf("%T", block), "*mcp."))
		}
		audio, link := "AudioContent", "ResourceLink"
		if v.revision < "2025-03-26" {
			audio = "TextContent"
		}
		if v.revision < "2025-06-18" {
			link = "TextContent"
		}
		wanted := []string{"TextContent", "ImageContent", audio, link, "EmbeddedResource", "EmbeddedResource"}
		want(t, strings.Join(types, " "), strings.Join(wanted, " "))
	})
	check(t, "structured output is there as text too", func(t *testing.T) {
		result := v.call(t, "add", map[string]any{"a": 19, "b": 23})
		want(t, textOf(result), `{"sum":42}`)
		data, structured := result.StructuredContent.(map[string]any)
		want(t, structured, v.revision >= "2025-06-18")
		if structured {
			want(t, data["sum"], any(42.0))
		}
	})
	check(t, "a refusal is for the model, a bug gives nothing away", func(t *testing.T) {
		refusal := v.call(t, "fail", map[string]any{"how": "refusal"})
		want(t, refusal.IsError, true)
		wantText(t, textOf(refusal), "try add instead")
		bug := v.call(t, "fail", map[string]any{"how": "bug"})
		want(t, bug.IsError, true)
		want(t, strings.Contains(textOf(bug), "secret"), false)
	})
	check(t, "wrong arguments are named", func(t *testing.T) {
		arguments := map[string]any{"a": 1, "b": "two"}
		result, err := v.CallTool(t.Context(), &mcp.CallToolParams{Name: "add", Arguments: arguments})
		if v.revision < "2025-11-25" {
			wantCode(t, err, jsonrpc.CodeInvalidParams)
			return
		}
		want(t, result.IsError, true)
		wantText(t, textOf(result), "b")
	})
	check(t, "resources are listed over all pages", func(t *testing.T) {
		count := 0
		for _, err := range v.Resources(t.Context(), nil) {
			if err != nil {
				t.Fatal(err)
			}
			count++
		}
		want(t, count, 7)
		_, err := v.ListResources(t.Context(), &mcp.ListResourcesParams{Cursor: "made-up"})
		wantCode(t, err, jsonrpc.CodeInvalidParams)
	})
	check(t, "completion knows the arguments given so far", func(t *testing.T) {
		result, err := v.Complete(t.Context(), &mcp.CompleteParams{
			Ref:      &mcp.CompleteReference{Type: "ref/prompt", Name: "travel"},
			Argument: mcp.CompleteParamsArgument{Name: "city", Value: "L"},
			Context:  &mcp.CompleteContext{Arguments: map[string]string{"country": "France"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		want(t, strings.Join(result.Completion.Values, " "), "Lyon")
	})
	check(t, "a method of the server's own can be called", func(t *testing.T) {
		params := &echoParams{Word: "hello"}
		result, err := mcp.CallCustomMethod[*echoParams, *echoResult](t.Context(), v.ClientSession, "portico/echo", params)
		if err != nil {
			t.Fatal(err)
		}
		want(t, result.Word, "hello")
	})
}

func checkRunning(t *testing.T, v *visit) {
	check(t, "progress arrives in order", func(t *testing.T) {
		params := &mcp.CallToolParams{Name: "work", Arguments: map[string]any{"steps": 3}}
		params.SetProgressToken("work")
		done := make(chan error, 1)
		go func() {
			_, err := v.CallTool(t.Context(), params)
			done <- err
		}()
		for step := 1; step <= 3; step++ {
			report := next(t, v.progress)
			want(t, report.Progress, float64(step))
			want(t, report.Total, 3)
			v.call(t, "proceed", nil)
		}
		if err := next(t, done); err != nil {
			t.Fatal(err)
		}
	})
	check(t, "logs arrive from the level asked for", func(t *testing.T) {
		params := &mcp.CallToolParams{Name: "log"}
		if v.revision == modern {
			params.Meta = mcp.Meta{mcp.MetaKeyLogLevel: "warning"}
		} else if err := v.SetLoggingLevel(t.Context(), &mcp.SetLoggingLevelParams{Level: "warning"}); err != nil {
			t.Fatal(err)
		}
		if _, err := v.CallTool(t.Context(), params); err != nil {
			t.Fatal(err)
		}
		line := next(t, v.logs)
		want(t, line.Level, "warning")
		want(t, line.Data, any("look out"))
	})
	check(t, "a cancelled call ends in the server, which goes on serving", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		params := &mcp.CallToolParams{Name: "hang"}
		params.SetProgressToken("hang")
		done := make(chan error, 1)
		go func() {
			_, err := v.CallTool(ctx, params)
			done <- err
		}()
		next(t, v.progress)
		cancel()
		if err := next(t, done); err == nil {
			t.Error("the call was answered")
		}
		// The SDK returns before it tells the server.
		for deadline := time.Now().Add(patience); textOf(v.call(t, "cancelled", nil)) != `{"calls":1}`; {
			if time.Now().After(deadline) {
				t.Fatal("the server never heard of it")
			}
		}
	})
	if v.revision == modern {
		return
	}
	check(t, "a ping is answered", func(t *testing.T) {
		if err := v.Ping(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	})
}

func checkAnnouncements(t *testing.T, v *visit) {
	check(t, "changed lists are announced", func(t *testing.T) {
		name := textOf(v.call(t, "grow", nil))
		want(t, next(t, v.listChanged), "tools")
		want(t, textOf(v.call(t, name, nil)), "new here")
		for _, list := range []string{"prompts", "resources"} {
			v.call(t, "announce", map[string]any{"list": list})
			want(t, next(t, v.listChanged), list)
		}
	})
	check(t, "a changed resource is announced to who subscribed", func(t *testing.T) {
		uri := "note://current"
		if err := v.Subscribe(t.Context(), &mcp.SubscribeParams{URI: uri}); err != nil {
			t.Fatal(err)
		}
		v.awaitListening(t)
		v.call(t, "write", map[string]any{"note": "second"})
		want(t, next(t, v.updated), uri)
		read, err := v.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: uri})
		if err != nil {
			t.Fatal(err)
		}
		want(t, read.Contents[0].Text, "second")
	})
}
