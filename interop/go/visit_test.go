package interop

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// patience bounds every wait; nothing here should take a tenth of it.
const patience = 10 * time.Second

// A host is the application around a client: how it answers the server, and what it hears.
type host struct {
	elicit func(*mcp.ElicitParams) *mcp.ElicitResult
	sample func(*mcp.CreateMessageWithToolsParams) *mcp.CreateMessageWithToolsResult
	roots  []*mcp.Root
}

// A visit is one client connected to one server.
type visit struct {
	*mcp.ClientSession
	client       *mcp.Client
	revision     string
	progress     chan *mcp.ProgressNotificationParams
	logs         chan *mcp.LoggingMessageParams
	updated      chan string
	listChanged  chan string
	completed    chan string
	acknowledged chan struct{}
}

// connect starts a server with Node and connects to it; the end of the test stops both.
func connect(t *testing.T, s setting, h host, args ...string) *visit {
	t.Helper()
	v := &visit{
		revision:     s.revision,
		progress:     make(chan *mcp.ProgressNotificationParams, 16),
		logs:         make(chan *mcp.LoggingMessageParams, 16),
		updated:      make(chan string, 16),
		listChanged:  make(chan string, 16),
		completed:    make(chan string, 16),
		acknowledged: make(chan struct{}, 16),
	}
	v.client = mcp.NewClient(&mcp.Implementation{Name: "go-sdk", Version: "1.8.0"}, v.options(h))
	v.client.AddRoots(h.roots...)
	v.client.AddReceivingMiddleware(v.hearAcknowledgements)
	if err := mcp.AddSendingCustomMethod[*echoParams, *echoResult](v.client, "portico/echo"); err != nil {
		t.Fatal(err)
	}
	options := &mcp.ClientSessionOptions{ProtocolVersion: s.revision}
	session, err := v.client.Connect(t.Context(), reach(t, s.way, args), options)
	if err != nil {
		t.Fatalf("connecting: %v", err)
	}
	t.Cleanup(func() {
		if err := session.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	v.ClientSession = session
	return v
}

func (v *visit) options(h host) *mcp.ClientOptions {
	options := &mcp.ClientOptions{
		Capabilities: &mcp.ClientCapabilities{},
		ProgressNotificationHandler: func(_ context.Context, r *mcp.ProgressNotificationClientRequest) {
			v.progress <- r.Params
		},
		LoggingMessageHandler: func(_ context.Context, r *mcp.LoggingMessageRequest) { v.logs <- r.Params },
		ResourceUpdatedHandler: func(_ context.Context, r *mcp.ResourceUpdatedNotificationRequest) {
			v.updated <- r.Params.URI
		},
		ElicitationCompleteHandler: func(_ context.Context, r *mcp.ElicitationCompleteNotificationRequest) {
			v.completed <- r.Params.ElicitationID
		},
		ToolListChangedHandler:     func(context.Context, *mcp.ToolListChangedRequest) { v.listChanged <- "tools" },
		PromptListChangedHandler:   func(context.Context, *mcp.PromptListChangedRequest) { v.listChanged <- "prompts" },
		ResourceListChangedHandler: func(context.Context, *mcp.ResourceListChangedRequest) { v.listChanged <- "resources" },
	}
	if h.roots != nil {
		options.Capabilities.RootsV2 = &mcp.RootCapabilities{ListChanged: true}
	}
	if h.elicit != nil {
		options.Capabilities.Elicitation = &mcp.ElicitationCapabilities{
			Form: &mcp.FormElicitationCapabilities{},
			URL:  &mcp.URLElicitationCapabilities{},
		}
		options.ElicitationHandler = func(_ context.Context, r *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
			return h.elicit(r.Params), nil
		}
	}
	if h.sample != nil {
		options.CreateMessageWithToolsHandler = func(
			_ context.Context, r *mcp.CreateMessageWithToolsRequest,
		) (*mcp.CreateMessageWithToolsResult, error) {
			return h.sample(r.Params), nil
		}
	}
	return options
}

// hearAcknowledgements tells when a listen stream has begun, for which the SDK has no handler.
func (v *visit) hearAcknowledgements(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
		if method == "notifications/subscriptions/acknowledged" {
			v.acknowledged <- struct{}{}
		}
		return next(ctx, method, request)
	}
}

// awaitListening waits until the server has acknowledged one more listen stream.
func (v *visit) awaitListening(t *testing.T) {
	t.Helper()
	if v.revision == modern {
		next(t, v.acknowledged)
	}
}

// call calls a tool that is expected to answer, well or not.
func (v *visit) call(t *testing.T, name string, arguments map[string]any) *mcp.CallToolResult {
	t.Helper()
	params := &mcp.CallToolParams{Name: name}
	if arguments != nil {
		params.Arguments = arguments
	}
	result, err := v.CallTool(t.Context(), params)
	if err != nil {
		t.Fatalf("calling %s: %v", name, err)
	}
	return result
}

// textOf joins the text blocks of a result.
func textOf(result *mcp.CallToolResult) string {
	var all strings.Builder
	for _, block := range result.Content {
		if text, ok := block.(*mcp.TextContent); ok {
			all.WriteString(text.Text)
		}
	}
	return all.String()
}

// next takes what comes next from a channel.
func next[T any](t *testing.T, from <-chan T) T {
	t.Helper()
	select {
	case value := <-from:
		return value
	case <-time.After(patience):
		t.Fatal("nothing came")
		panic("unreachable")
	}
}

// wantCode checks that an error of the protocol has the code.
func wantCode(t *testing.T, err error, code int64) {
	t.Helper()
	var wire *jsonrpc.Error
	if !errors.As(err, &wire) || wire.Code != code {
		t.Errorf("got %v, want an error with code %d", err, code)
	}
}

// wantText checks that a text has a part.
func wantText(t *testing.T, text, part string) {
	t.Helper()
	if !strings.Contains(text, part) {
		t.Errorf("got %q, want %q in it", text, part)
	}
}

// want checks that two values are the same.
func want[T comparable](t *testing.T, got, wanted T) {
	t.Helper()
	if got != wanted {
		t.Errorf("got %v, want %v", got, wanted)
	}
}

// missingResource is the code each revision has for a resource that does not exist.
func missingResource(revision string) int64 {
	if revision == modern {
		return jsonrpc.CodeInvalidParams
	}
	return -32002
}
