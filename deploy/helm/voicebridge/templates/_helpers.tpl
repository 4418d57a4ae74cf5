{{/* Name of everything the chart makes. */}}
{{- define "voicebridge.name" -}}
{{- if contains "voicebridge" .Release.Name }}{{ .Release.Name | trunc 52 | trimSuffix "-" }}{{ else }}{{ printf "%s-voicebridge" .Release.Name | trunc 52 | trimSuffix "-" }}{{ end }}
{{- end }}

{{/* What finds the pods; never changes within a release. */}}
{{- define "voicebridge.selector" -}}
app.kubernetes.io/name: voicebridge
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{- define "voicebridge.labels" -}}
{{ include "voicebridge.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
{{- end }}

{{/* The configuration file: the values', with what belongs to the pod over it. */}}
{{- define "voicebridge.configuration" -}}
{{- $listen := dict "host" "0.0.0.0" "port" 8443 }}
{{- if .Values.tls.enabled }}
{{- $_ := set $listen "tls" (dict "certificate" "${CREDENTIALS_DIRECTORY}/tls.crt" "key" "${CREDENTIALS_DIRECTORY}/tls.key") }}
{{- else }}
{{- $_ := set $listen "plain" true }}
{{- end }}
{{- $admin := dict "host" "0.0.0.0" "port" 9090 "i_know" true }}
{{- $limits := dict "drain_deadline" (printf "%ds" (int .Values.drainSeconds)) }}
{{- toYaml (mergeOverwrite (deepCopy .Values.configuration) (dict "listen" $listen "admin" $admin "limits" $limits)) }}
{{- end }}
