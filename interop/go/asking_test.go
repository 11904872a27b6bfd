package interop

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

func model(params *mcp.CreateMessageWithToolsParams) *mcp.CreateMessageWithToolsResult {
	if len(params.Tools) > 0 {
		use := &mcp.ToolUseContent{ID: "1", Name: params.Tools[0].Name, Input: map[string]any{}}
		return &mcp.CreateMessageWithToolsResult{
			Role: "assistant", Model: "test-model", StopReason: "toolUse", Content: []mcp.Content{use},
		}
	}
	heard := &mcp.TextContent{Text: fmt.Sprintf("heard %d", len(params.Messages))}
	return &mcp.CreateMessageWithToolsResult{
		Role: "assistant", Model: "test-model", StopReason: "endTurn", Content: []mcp.Content{heard},
	}
}

func checkModelAndRoots(t *testing.T, v *visit) {
	check(t, "the model answers, also with tools", func(t *testing.T) {
		wantText(t, textOf(v.call(t, "ask_model", nil)), "heard 1")
		if v.revision >= "2025-11-25" {
			wantText(t, textOf(v.call(t, "ask_model_with_tools", nil)), "weather")
		}
	})
	check(t, "the client's roots arrive", func(t *testing.T) {
		want(t, textOf(v.call(t, "ask_roots", nil)), "project file:///project")
	})
}

func checkElicitation(t *testing.T, v *visit, answer *func(*mcp.ElicitParams) *mcp.ElicitResult) {
	if v.revision < "2025-06-18" {
		return
	}
	accept := func(content map[string]any) func(*mcp.ElicitParams) *mcp.ElicitResult {
		return func(*mcp.ElicitParams) *mcp.ElicitResult {
			return &mcp.ElicitResult{Action: "accept", Content: content}
		}
	}
	check(t, "the user fills in a form, or declines", func(t *testing.T) {
		*answer = accept(map[string]any{"name": "Ann", "age": 33})
		want(t, textOf(v.call(t, "ask_form", nil)), "Ann is 33")
		*answer = func(*mcp.ElicitParams) *mcp.ElicitResult { return &mcp.ElicitResult{Action: "decline"} }
		want(t, textOf(v.call(t, "ask_form", nil)), "decline")
	})
	check(t, "questions come one after the other", func(t *testing.T) {
		*answer = accept(map[string]any{"name": "Ann", "age": 33})
		want(t, textOf(v.call(t, "ask_twice", nil)), "Ann, Ann, step done again 0 times")
	})
	check(t, "a prompt may ask the user", func(t *testing.T) {
		*answer = accept(map[string]any{"name": "Ann"})
		prompt, err := v.GetPrompt(t.Context(), &mcp.GetPromptParams{Name: "personal"})
		if err != nil {
			t.Fatal(err)
		}
		text, _ := prompt.Messages[0].Content.(*mcp.TextContent)
		want(t, text.Text, "Hello Ann")
	})
	if v.revision < "2025-11-25" {
		return
	}
	check(t, "the user chooses one and several", func(t *testing.T) {
		*answer = accept(map[string]any{"colour": "g", "toppings": []any{"nuts"}})
		var chosen struct {
			Colour   string
			Toppings []string
		}
		if err := json.Unmarshal([]byte(textOf(v.call(t, "ask_choice", nil))), &chosen); err != nil {
			t.Fatal(err)
		}
		want(t, chosen.Colour+" "+strings.Join(chosen.Toppings, " "), "g nuts")
	})
	check(t, "the user is sent to a page, and the client told when they are done", func(t *testing.T) {
		var page string
		*answer = func(params *mcp.ElicitParams) *mcp.ElicitResult {
			page = params.URL
			return &mcp.ElicitResult{Action: "accept"}
		}
		want(t, textOf(v.call(t, "ask_page", nil)), "accept")
		want(t, page, "https://example.com/sign-in")
		if v.revision != modern {
			want(t, next(t, v.completed), "sign-in")
		}
	})
	check(t, "a call may need a visit first", func(t *testing.T) {
		*answer = accept(nil)
		if v.revision != modern {
			_, err := v.CallTool(t.Context(), &mcp.CallToolParams{Name: "need_page"})
			wantCode(t, err, mcp.CodeURLElicitationRequired)
		}
		want(t, textOf(v.call(t, "need_page", nil)), "welcome")
	})
}
