// SPDX-License-Identifier: Apache-2.0

// Renders the templates of a Helm chart as Helm does, with the same template engine, the same functions (sprig) and the same
// YAML, all of it from Debian's packages. What it does not know (lookup, tpl, Files, Capabilities, subcharts, hooks) is an
// error, so that a chart that uses it is not taken for checked.
//
//	render CHART VALUES… prints the manifests with the values files laid over the chart's, one after the other.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"sigs.k8s.io/yaml"
)

func read(path string) (map[string]interface{}, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	values := map[string]interface{}{}
	return values, yaml.Unmarshal(data, &values)
}

// laid puts one map over another: maps are merged, all else is replaced.
func laid(over, under map[string]interface{}) map[string]interface{} {
	for key, value := range over {
		upper, isMap := value.(map[string]interface{})
		lower, wasMap := under[key].(map[string]interface{})
		if isMap && wasMap {
			under[key] = laid(upper, lower)
		} else {
			under[key] = value
		}
	}
	return under
}

func functions(all *template.Template) template.FuncMap {
	functions := sprig.TxtFuncMap()
	// Helm takes these away.
	delete(functions, "env")
	delete(functions, "expandenv")
	functions["toYaml"] = func(value interface{}) (string, error) {
		data, err := yaml.Marshal(value)
		return strings.TrimSuffix(string(data), "\n"), err
	}
	functions["required"] = func(message string, value interface{}) (interface{}, error) {
		if text, isText := value.(string); value == nil || isText && text == "" {
			return nil, errors.New(message)
		}
		return value, nil
	}
	functions["include"] = func(name string, data interface{}) (string, error) {
		var buffer bytes.Buffer
		err := all.ExecuteTemplate(&buffer, name, data)
		return buffer.String(), err
	}
	return functions
}

func render(chart string, files []string) error {
	values, err := read(filepath.Join(chart, "values.yaml"))
	if err != nil {
		return err
	}
	for _, file := range files {
		over, err := read(file)
		if err != nil {
			return err
		}
		values = laid(over, values)
	}
	about, err := read(filepath.Join(chart, "Chart.yaml"))
	if err != nil {
		return err
	}
	data := map[string]interface{}{
		"Values":  values,
		"Chart":   map[string]interface{}{"Name": about["name"], "Version": about["version"], "AppVersion": about["appVersion"]},
		"Release": map[string]interface{}{"Name": "desk", "Namespace": "telephony", "Service": "Helm"},
	}
	all := template.New("chart").Option("missingkey=error")
	all.Funcs(functions(all))
	paths, err := filepath.Glob(filepath.Join(chart, "templates", "*"))
	if err != nil {
		return err
	}
	sort.Strings(paths)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if _, err := all.New(filepath.Base(path)).Parse(string(text)); err != nil {
			return err
		}
	}
	for _, path := range paths {
		name := filepath.Base(path)
		if strings.HasPrefix(name, "_") {
			continue
		}
		var buffer bytes.Buffer
		if err := all.ExecuteTemplate(&buffer, name, data); err != nil {
			return err
		}
		if name == "NOTES.txt" {
			fmt.Fprint(os.Stderr, buffer.String())
		} else if strings.TrimSpace(buffer.String()) != "" {
			fmt.Printf("---\n# %s\n%s\n", name, strings.TrimSpace(buffer.String()))
		}
	}
	return nil
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "render CHART VALUES…")
		os.Exit(64)
	}
	if err := render(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
