package interop

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// A folder is what one filesystem server may use.
type folder string

func newFolder(t *testing.T) folder {
	t.Helper()
	path, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	f := folder(path)
	f.write(t, "note.txt", "one\ntwo\n")
	return f
}

func (f folder) at(name string) string { return filepath.Join(string(f), name) }

func (f folder) uri(name string) string { return fileURI(f.at(name)) }

func (f folder) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(f.at(name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func fileURI(path string) string {
	return (&url.URL{Scheme: "file", Path: path}).String()
}

func TestFilesystem(t *testing.T) {
	server := os.Getenv("PORTICO_FILESYSTEM")
	eachSetting(t, func(t *testing.T, s setting) {
		f := newFolder(t)
		var asked []string
		accept := func(params *mcp.ElicitParams) *mcp.ElicitResult {
			asked = append(asked, params.Message)
			return &mcp.ElicitResult{Action: "accept", Content: map[string]any{}}
		}
		v := connect(t, s, host{elicit: accept}, server, string(f))
		v.awaitListening(t)
		checkFileTools(t, v, f)
		checkFileResources(t, v, f)
		checkFilePrompts(t, v, f)
		checkFileChanges(t, v, f)
		check(t, "the user is asked before a file is deleted, where that is possible", func(t *testing.T) {
			result := v.call(t, "delete_file", map[string]any{"path": f.at("note.txt")})
			_, gone := os.Stat(f.at("note.txt"))
			if s.revision < "2025-06-18" {
				want(t, result.IsError, true)
				want(t, gone, nil)
				return
			}
			want(t, result.IsError, false)
			want(t, os.IsNotExist(gone), true)
			want(t, len(asked), 1)
			wantText(t, strings.Join(asked, ""), f.at("note.txt"))
		})
		check(t, "the client's roots narrow what is allowed, also after they changed", func(t *testing.T) {
			checkRoots(t, s, server, f)
		})
	})
}

func checkFileTools(t *testing.T, v *visit, f folder) {
	check(t, "the server introduces itself on the revision asked for", func(t *testing.T) {
		opened := v.InitializeResult()
		want(t, opened.ProtocolVersion, v.revision)
		want(t, opened.ServerInfo.Name, "portico-filesystem")
		wantText(t, opened.Instructions, "allowed directories")
	})
	check(t, "tools are listed", func(t *testing.T) {
		var names []string
		for tool, err := range v.Tools(t.Context(), nil) {
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, tool.Name)
			want(t, tool.OutputSchema != nil, v.revision >= "2025-06-18")
		}
		for _, name := range []string{"read_text_file", "edit_file", "search_files", "delete_file"} {
			want(t, slices.Contains(names, name), true)
		}
	})
	check(t, "files are written, read, edited and searched", func(t *testing.T) {
		path := f.at("new.txt")
		v.call(t, "write_file", map[string]any{"path": path, "content": "alpha\nbeta\n"})
		read := v.call(t, "read_text_file", map[string]any{"path": path})
		want(t, textOf(read), "alpha\nbeta\n")
		if v.revision >= "2025-06-18" {
			data, _ := read.StructuredContent.(map[string]any)
			want(t, data["content"], any("alpha\nbeta\n"))
		}
		edits := []map[string]string{{"oldText": "beta", "newText": "gamma"}}
		wantText(t, textOf(v.call(t, "edit_file", map[string]any{"path": path, "edits": edits})), "+gamma")
		search := map[string]any{"path": string(f), "pattern": "gam+a"}
		wantText(t, textOf(v.call(t, "search_file_contents", search)), "new.txt:2:gamma")
	})
	check(t, "the model reads what went wrong", func(t *testing.T) {
		refused := v.call(t, "read_text_file", map[string]any{"path": f.at("../elsewhere")})
		want(t, refused.IsError, true)
		wantText(t, textOf(refused), "outside")
	})
	check(t, "an unknown tool is an error of the protocol", func(t *testing.T) {
		_, err := v.CallTool(t.Context(), &mcp.CallToolParams{Name: "no_such_tool"})
		wantCode(t, err, jsonrpc.CodeInvalidParams)
	})
}

func checkFileResources(t *testing.T, v *visit, f folder) {
	check(t, "files are listed and read as resources", func(t *testing.T) {
		var uris []string
		for resource, err := range v.Resources(t.Context(), nil) {
			if err != nil {
				t.Fatal(err)
			}
			uris = append(uris, resource.URI)
		}
		want(t, slices.Contains(uris, f.uri("note.txt")), true)
		read, err := v.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: f.uri("note.txt")})
		if err != nil {
			t.Fatal(err)
		}
		want(t, read.Contents[0].Text, "one\ntwo\n")
		_, err = v.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: f.uri("missing.txt")})
		wantCode(t, err, missingResource(v.revision))
	})
	check(t, "the path of the template completes", func(t *testing.T) {
		var templates []*mcp.ResourceTemplate
		for template, err := range v.ResourceTemplates(t.Context(), nil) {
			if err != nil {
				t.Fatal(err)
			}
			templates = append(templates, template)
		}
		result, err := v.Complete(t.Context(), &mcp.CompleteParams{
			Ref:      &mcp.CompleteReference{Type: "ref/resource", URI: templates[0].URITemplate},
			Argument: mcp.CompleteParamsArgument{Name: "path", Value: f.at("no")},
		})
		if err != nil {
			t.Fatal(err)
		}
		want(t, strings.Join(result.Completion.Values, " "), f.at("note.txt"))
	})
}

func checkFilePrompts(t *testing.T, v *visit, f folder) {
	check(t, "prompts are listed and carry files", func(t *testing.T) {
		var names []string
		for prompt, err := range v.Prompts(t.Context(), nil) {
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, prompt.Name)
		}
		want(t, strings.Join(names, " "), "code_review debug_error project_context")
		arguments := map[string]string{"file_path": f.at("note.txt")}
		review, err := v.GetPrompt(t.Context(), &mcp.GetPromptParams{Name: "code_review", Arguments: arguments})
		if err != nil {
			t.Fatal(err)
		}
		file, _ := review.Messages[1].Content.(*mcp.EmbeddedResource)
		want(t, file.Resource.Text, "one\ntwo\n")
		_, err = v.GetPrompt(t.Context(), &mcp.GetPromptParams{Name: "code_review"})
		wantCode(t, err, jsonrpc.CodeInvalidParams)
	})
}

func checkFileChanges(t *testing.T, v *visit, f folder) {
	check(t, "a changed file is announced", func(t *testing.T) {
		f.write(t, "watched.txt", "before")
		if err := v.Subscribe(t.Context(), &mcp.SubscribeParams{URI: f.uri("watched.txt")}); err != nil {
			t.Fatal(err)
		}
		v.awaitListening(t)
		f.write(t, "watched.txt", "after")
		want(t, next(t, v.updated), f.uri("watched.txt"))
		if err := v.Unsubscribe(t.Context(), &mcp.UnsubscribeParams{URI: f.uri("watched.txt")}); err != nil {
			t.Fatal(err)
		}
	})
}

func checkRoots(t *testing.T, s setting, server string, f folder) {
	inner := f.at("inner dir")
	if err := os.Mkdir(inner, 0o700); err != nil {
		t.Fatal(err)
	}
	root := &mcp.Root{URI: fileURI(inner), Name: "inner"}
	v := connect(t, s, host{roots: []*mcp.Root{root}}, server, string(f))
	want(t, textOf(v.call(t, "list_allowed_directories", nil)), "Allowed directories:\n"+inner)
	v.client.AddRoots(&mcp.Root{URI: fileURI(string(f)), Name: "outer"})
	wantText(t, textOf(v.call(t, "list_allowed_directories", nil)), string(f))
	v.client.RemoveRoots(fileURI(string(f)))
	want(t, textOf(v.call(t, "list_allowed_directories", nil)), "Allowed directories:\n"+inner)
}
