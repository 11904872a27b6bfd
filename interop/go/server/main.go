// Command server is a server on the official Go SDK, for our client to try.
//
// Usage: server http|stateless|sse   says `Listening on URL.` on stderr once it does.
package main

import (
	"context"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

type none struct{}

type sum struct {
	A int `json:"a"`
	B int `json:"b"`
}

var cancelled, touched atomic.Int32

func main() {
	server := newServer()
	get := func(*http.Request) *mcp.Server { return server }
	path, handler := "mcp", http.Handler(mcp.NewStreamableHTTPHandler(get, &mcp.StreamableHTTPOptions{
		Stateless:                    os.Args[1] == "stateless",
		PropagateRequestCancellation: true,
	}))
	if os.Args[1] == "sse" {
		path, handler = "sse", mcp.NewSSEHandler(get, nil)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Fprintf(os.Stderr, "Listening on http://%s/%s. \n", listener.Addr(), path)
	log.Fatal(http.Serve(listener, handler))
}

func newServer() *mcp.Server {
	server := mcp.NewServer(&mcp.Implementation{Name: "go-sdk", Version: "1.8.0"}, &mcp.ServerOptions{
		Instructions:       "Try each tool once.",
		CompletionHandler:  complete,
		SubscribeHandler:   func(context.Context, *mcp.SubscribeRequest) error { return nil },
		UnsubscribeHandler: func(context.Context, *mcp.UnsubscribeRequest) error { return nil },
	})
	addTools(server)
	server.AddResource(&mcp.Resource{URI: "note://current", Name: "note"}, readNote)
	server.AddResourceTemplate(&mcp.ResourceTemplate{URITemplate: "item://{id}", Name: "item"}, readItem)
	server.AddPrompt(&mcp.Prompt{
		Name:      "greet",
		Arguments: []*mcp.PromptArgument{{Name: "name", Required: true}},
	}, greet)
	return server
}

func addTools(server *mcp.Server) {
	mcp.AddTool(server, &mcp.Tool{Name: "add"},
		func(_ context.Context, _ *mcp.CallToolRequest, in sum) (*mcp.CallToolResult, any, error) {
			return say(fmt.Sprint(in.A + in.B)), nil, nil
		})
	addPlain(server, "fail", func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		return nil, fmt.Errorf("Not like this: try add instead.") //nolint:staticcheck // It is for the model.
	})
	addPlain(server, "work", func(ctx context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		for step := range 3 {
			report(ctx, r, float64(step+1), 3)
		}
		return say("done"), nil
	})
	addPlain(server, "hang", func(ctx context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		report(ctx, r, 1, 0)
		<-ctx.Done()
		cancelled.Add(1)
		return nil, ctx.Err()
	})
	addPlain(server, "cancelled", func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		return say(fmt.Sprint(cancelled.Load())), nil
	})
	addPlain(server, "touch", func(ctx context.Context, _ *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		count := touched.Add(1)
		updated := &mcp.ResourceUpdatedNotificationParams{URI: "note://current"}
		if err := server.ResourceUpdated(ctx, updated); err != nil {
			return nil, err
		}
		// A new tool is announced by itself.
		addPlain(server, fmt.Sprintf("grown_%d", count), func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			return say("new here"), nil
		})
		return say("touched"), nil
	})
	addAsking(server)
}

func addAsking(server *mcp.Server) {
	schema := map[string]any{
		"type":       "object",
		"properties": map[string]any{"name": map[string]any{"type": "string"}},
	}
	person := &mcp.ElicitParams{Message: "Who are you?", RequestedSchema: schema}
	addQuestion(server, "ask", person, func(answer *mcp.ElicitResult) string {
		return fmt.Sprintf("Hello %v", answer.Content["name"])
	})
	question := &mcp.SamplingMessageV2{
		Role:    "user",
		Content: []mcp.Content{&mcp.TextContent{Text: "What is 6 times 7?"}},
	}
	thought := &mcp.CreateMessageWithToolsParams{MaxTokens: 10, Messages: []*mcp.SamplingMessageV2{question}}
	addQuestion(server, "think", thought, func(answer *mcp.CreateMessageWithToolsResult) string {
		text, _ := answer.Content[0].(*mcp.TextContent)
		return text.Text
	})
	addQuestion(server, "roots", &mcp.ListRootsParams{}, func(answer *mcp.ListRootsResult) string {
		var uris []string
		for _, root := range answer.Roots {
			uris = append(uris, root.URI)
		}
		return strings.Join(uris, " ")
	})
}

// addQuestion adds a tool that asks the client one thing and says what came of it.
func addQuestion[R mcp.InputResponse](server *mcp.Server, name string, question mcp.InputRequest, tell func(R) string) {
	addPlain(server, name, func(_ context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		if answer, ok := r.Params.InputResponses[name].(R); ok {
			return say(tell(answer)), nil
		}
		return &mcp.CallToolResult{InputRequests: mcp.InputRequestMap{name: question}}, nil
	})
}

// addPlain adds a tool without arguments.
func addPlain(
	server *mcp.Server, name string, run func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error),
) {
	mcp.AddTool(server, &mcp.Tool{Name: name},
		func(ctx context.Context, r *mcp.CallToolRequest, _ none) (*mcp.CallToolResult, any, error) {
			result, err := run(ctx, r)
			return result, nil, err
		})
}

func say(text string) *mcp.CallToolResult {
	return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: text}}}
}

func report(ctx context.Context, r *mcp.CallToolRequest, progress, total float64) {
	token := r.Params.GetProgressToken()
	if token == nil {
		return
	}
	params := &mcp.ProgressNotificationParams{ProgressToken: token, Progress: progress, Total: total}
	if err := r.Session.NotifyProgress(ctx, params); err != nil {
		log.Print(err)
	}
}

func readNote(_ context.Context, r *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
	return contents(r.Params.URI, fmt.Sprintf("touched %d times", touched.Load())), nil
}

func readItem(_ context.Context, r *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
	return contents(r.Params.URI, "item "+strings.TrimPrefix(r.Params.URI, "item://")), nil
}

func contents(uri, text string) *mcp.ReadResourceResult {
	return &mcp.ReadResourceResult{Contents: []*mcp.ResourceContents{{URI: uri, MIMEType: "text/plain", Text: text}}}
}

func greet(_ context.Context, r *mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
	text := fmt.Sprintf("Please greet %s.", r.Params.Arguments["name"])
	message := &mcp.PromptMessage{Role: "user", Content: &mcp.TextContent{Text: text}}
	return &mcp.GetPromptResult{Messages: []*mcp.PromptMessage{message}}, nil
}

func complete(_ context.Context, r *mcp.CompleteRequest) (*mcp.CompleteResult, error) {
	values := []string{}
	for _, name := range []string{"Ada", "Alan", "Grace"} {
		if strings.HasPrefix(name, r.Params.Argument.Value) {
			values = append(values, name)
		}
	}
	return &mcp.CompleteResult{Completion: mcp.CompletionResultDetails{Values: values}}, nil
}
